import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { FaultClock } from './fault-clock.ts';
import { isWhole, seenRequest } from './seen-request.ts';
import type { SeenRequest } from './seen-request.ts';
import type { Toxic } from './named-fault.ts';

/** How the link between LungDesk and a relay is laid. */
export interface TcpLinkOptions {
  /** The relay. */
  readonly port: number;
  readonly clock: FaultClock;
  readonly toxic: Toxic | null;
  /** Connections that the toxic spoils, from the first one on; those after are sound. */
  readonly spoiled: number;
  /** A whole request has gone through; from 0. */
  readonly onRequest: (index: number) => void;
}

/** A TCP proxy that tells what went through it. */
export interface TcpLink {
  readonly port: number;
  /** One for each connection that carried anything of one, in their order. */
  requests(): readonly SeenRequest[];
  close(): Promise<void>;
}

interface Line {
  readonly client: Socket;
  readonly relay: Socket;
  readonly toxic: Toxic | null;
  readonly toRelay: Buffer[];
  wasAsked: boolean;
}

/**
 * Lays a link on loopback: toxiproxy's toxics in Node, with time that the fault's clock tells instead of real time.
 *
 * @see https://github.com/Shopify/toxiproxy#toxics
 */
export async function layLink(options: TcpLinkOptions): Promise<TcpLink> {
  const { clock, toxic, spoiled } = options;
  const lines: Line[] = [];
  let asked = 0;

  async function upload(line: Line): Promise<void> {
    for await (const chunk of line.client as AsyncIterable<Buffer>) {
      for (const piece of uploadPieces(chunk, line.toxic)) {
        if (line.client.destroyed) return;
        line.toRelay.push(piece);
        if (line.toxic?.kind === 'reset-peer') {
          line.client.resetAndDestroy();
          return;
        }
        // In steps: a jump would look like a machine that slept.
        if (line.toxic?.kind === 'slow-upload') await passStep(clock);
        if (line.toxic?.kind !== 'swallow' && line.toxic?.kind !== 'says') line.relay.write(piece);
      }
      if (line.wasAsked || !isWhole(Buffer.concat(line.toRelay))) continue;
      line.wasAsked = true;
      asked += 1;
      options.onRequest(asked - 1);
      if (line.toxic?.kind === 'says') line.client.end(line.toxic.text, 'latin1');
    }
  }

  const server = createServer((client) => {
    const line: Line = { client, relay: connect(options.port, '127.0.0.1'), toxic: lines.length < spoiled ? toxic : null, toRelay: [], wasAsked: false };
    lines.push(line);
    client.setNoDelay(true);
    client.on('error', () => undefined);
    client.on('close', () => { line.relay.destroy(); });
    line.relay.on('error', () => undefined);
    // Either side may hang up at any time; that ends the other.
    upload(line).catch(() => { line.relay.destroy(); });
    download(line, clock).catch(() => { client.destroy(); });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    port: (server.address() as AddressInfo).port,
    requests: () => lines.flatMap(({ toRelay }) => seenRequest(Buffer.concat(toRelay)) ?? []),
    async close() {
      for (const { client, relay } of lines) {
        client.destroy();
        relay.destroy();
      }
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}

async function download({ client, relay, toxic }: Line, clock: FaultClock): Promise<void> {
  let passed = 0;
  for await (const chunk of relay as AsyncIterable<Buffer>) {
    if (toxic?.kind === 'latency' && passed === 0) clock.advance(toxic.ms);
    if (toxic?.kind === 'timeout') continue;
    if (toxic?.kind === 'prefix' && passed === 0) client.write(toxic.text, 'latin1');
    for (const piece of downloadPieces(chunk, toxic)) {
      if (client.destroyed) return;
      if (toxic?.kind === 'bandwidth' || toxic?.kind === 'slicer') await new Promise((resolve) => { setImmediate(resolve); });
      if (toxic?.kind === 'bandwidth') clock.advance((1000 * piece.length) / toxic.bytesPerSecond);
      const left = toxic?.kind === 'limit-data' ? toxic.bytes - passed : Number.POSITIVE_INFINITY;
      client.write(piece.subarray(0, left));
      passed += piece.length;
      if (piece.length >= left) {
        client.end();
        return;
      }
    }
  }
  // slow-close and timeout: the connection stays as if nobody had hung up.
  if (toxic?.kind !== 'slow-close' && toxic?.kind !== 'timeout') client.end();
}

const stepMs = 10_000;

async function passStep(clock: FaultClock): Promise<void> {
  clock.advance(stepMs);
  await new Promise((resolve) => { setImmediate(resolve); });
}

function uploadPieces(chunk: Buffer, toxic: Toxic | null): readonly Buffer[] {
  // What is reset has begun to arrive and no more.
  if (toxic?.kind === 'reset-peer') return [chunk.subarray(0, 100)];
  return toxic?.kind === 'slow-upload' ? cut(chunk, (toxic.bytesPerSecond * stepMs) / 1000) : [chunk];
}

function downloadPieces(chunk: Buffer, toxic: Toxic | null): readonly Buffer[] {
  const size = toxic?.kind === 'slicer' ? toxic.bytes : toxic?.kind === 'bandwidth' ? toxic.bytesPerSecond : chunk.length;
  return cut(chunk, size);
}

function cut(chunk: Buffer, size: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(chunk.length / size) }, (_, index) => chunk.subarray(index * size, (index + 1) * size));
}
