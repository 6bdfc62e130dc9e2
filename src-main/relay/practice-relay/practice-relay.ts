import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../platform/clock.ts';
import type { AnswerFormat } from '../answer-format.ts';
import { shippedCatalogue } from '../catalogue.ts';
import { readChatRequest } from './chat-request.ts';
import type { ChatRequest } from './chat-request.ts';
import { complete, completionBody } from './completion.ts';
import { faultsFor } from './faults.ts';
import type { Fault, FaultPlan } from './faults.ts';
import { answerWithFaults, faultyBody, write } from './faulty-answers.ts';
import { faultyReport } from './faulty-reports.ts';
import { faultyCompletion } from './faulty-words.ts';
import { createStructureFinder } from './structure-finder.ts';
import type { StructureFinder } from './structure-finder.ts';
import { reportTiles } from './tile-report.ts';
import type { Report } from './tile-report.ts';

/** A chat request as it arrives: told when its headers are in, before its body is read. */
export interface PracticeRequestInfo {
  /** From 0, in order of arrival. */
  readonly index: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** How a practice relay is started. */
export interface PracticeRelayOptions {
  /** Of chat requests. */
  readonly faults?: FaultPlan;
  /** Of requests for the model list, counted for themselves. */
  readonly listFaults?: FaultPlan;
  /** Entries of the model list; the practice models when absent. */
  readonly modelList?: readonly Readonly<Record<string, unknown>>[];
  readonly onRequest?: (info: PracticeRequestInfo) => void;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Bearer key of this run; a random one when absent. */
  readonly token?: string;
  /** 'any' serves every name under the sun; a test double for other relays. */
  readonly models?: 'practice' | 'any';
  /** Forms of asking that it takes; it refuses the others by name, like relays without them. */
  readonly formats?: readonly AnswerFormat[];
  /** Thread to look at pictures with, shared by several relays; closed by whoever made it. */
  readonly finder?: StructureFinder;
}

/** A running practice relay. */
export interface PracticeRelay {
  readonly baseUrl: URL;
  readonly token: string;
  /** Chat requests whose headers have arrived. */
  requestCount(): number;
  close(): Promise<void>;
}

const largestBody = 64_000_000;

/**
 * Starts the practice relay: an OpenAI-compatible server on this machine alone that answers from the pixels it is sent.
 *
 * Its answers mean nothing for a patient. With faults it is the test double for every other relay.
 */
export async function startPracticeRelay(options: PracticeRelayOptions = {}): Promise<PracticeRelay> {
  const token = options.token ?? systemClock.newId();
  const catalogue = shippedCatalogue();
  const finder = options.finder ?? createStructureFinder();
  let chatRequests = 0;
  let listRequests = 0;

  async function chat(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const index = chatRequests;
    chatRequests += 1;
    options.onRequest?.({ index, headers: request.headers });
    const body = await readBody(request);
    if (body === null) { refuse(response, 413, 'the request is larger than 64 MB', 'request_too_large'); return; }
    const faults = faultsFor(options.faults, index);
    for (const fault of faults) if (fault.kind === 'slow') await systemClock.wait(fault.ms);
    const read = readChatRequest(body);
    if ('problem' in read) { refuse(response, 400, read.problem, 'invalid_request_error'); return; }
    await answer(read, faults, response);
  }
  async function answer(request: ChatRequest, faults: readonly Fault[], response: ServerResponse): Promise<void> {
    const row = catalogue.modelOrUnknown(request.model);
    if (options.models !== 'any' && !row.practice) { refuse(response, 404, 'the model does not exist', 'model_not_found'); return; }
    if (options.formats?.includes(request.format) === false) { refuse(response, 400, refusedFormat(request.format), 'invalid_request_error'); return; }
    const pass = request.model.endsWith('-accurate') ? 'fine' : 'standard';
    const seen = await Promise.all(request.pictures.map(({ bytes, label }) => finder.find({ picture: bytes, label, purpose: request.purpose, pass })));
    if (!seen.every((picture) => picture.decoded)) { refuse(response, 400, 'an image could not be decoded', 'invalid_image'); return; }
    const report = faults.reduce((said, fault) => faultyReport(said, fault, request) as Report, reportTiles(request, seen));
    const sound = complete(request, row, seen, JSON.stringify(report));
    const completion = faults.reduce((said, fault) => faultyCompletion(said, fault, request), sound);
    const body = completionBody(completion, request.format, Math.floor(systemClock.now() / 1000));
    answerWithFaults(response, faults, faults.reduce(faultyBody, body));
  }
  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?', 1)[0];
    if (!hasToken(request, token)) { refuse(response, 401, 'invalid api key', 'invalid_api_key'); return; }
    if (request.method === 'GET' && path === '/v1/models') { list(response); return; }
    if (request.method === 'POST' && path === '/v1/chat/completions') { await chat(request, response); return; }
    refuse(response, 404, 'there is nothing here', 'not_found');
  }
  function list(response: ServerResponse): void {
    const faults = faultsFor(options.listFaults, listRequests);
    listRequests += 1;
    const ids = catalogue.modelViews(systemClock.now(), true).map((model) => model.id);
    const data = options.modelList ?? ids.map((id) => ({ id, object: 'model', created: 0, owned_by: 'lungdesk' }));
    answerWithFaults(response, faults, { object: 'list', data });
  }

  const server = createServer((request, response) => {
    // A peer that hangs up is its own business.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    route(request, response).catch(() => {
      if (!response.headersSent) refuse(response, 500, 'the practice relay failed', 'server_error');
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: new URL(`http://127.0.0.1:${String(port)}/v1`),
    token,
    requestCount: () => chatRequests,
    async close() {
      const closed = new Promise((resolve) => { server.close(resolve); });
      server.closeAllConnections();
      await Promise.all([closed, options.finder === undefined ? finder.close() : undefined]);
    },
  };
}

function hasToken(request: IncomingMessage, token: string): boolean {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  if (Number(request.headers['content-length']) > largestBody) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > largestBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refuse(response: ServerResponse, status: number, message: string, code: string): void {
  write(response, status, JSON.stringify({ error: { message, type: code, code } }));
}

function refusedFormat(format: AnswerFormat): string {
  return format === 'tool' ? 'tools are not supported by this model' : 'response_format is not supported by this model';
}
