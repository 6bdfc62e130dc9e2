import type { DiagnosisStep } from '../../../src-shared/domain/diagnosis.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../../src-shared/domain/errors.ts';
import { formatBelow } from '../answer-format.ts';
import type { AnswerFormat } from '../answer-format.ts';
import { runBookedCall } from '../booked-call.ts';
import type { BookedEnd } from '../booked-call.ts';
import type { ModelCatalogue } from '../catalogue.ts';
import { forecastRequest, outputLimit } from '../forecast.ts';
import type { CatalogueModel } from '../model-catalogue.ts';
import { readReply } from '../reply.ts';
import { requestBody, requestTextLength } from '../request-body.ts';
import type { RelaySenderDeps } from '../sender-deps.ts';
import type { RelayTarget, RequestPicture } from '../tile-request.ts';
import { judgeProbe } from './judge-probe.ts';
import { otherDetail } from './other-detail.ts';
import type { DetailEvidence, ProbeAnswer, ProbeEvidence } from './probe-evidence.ts';
import { probeProfile } from './probe-profile.ts';
import type { ProbeSheet } from './probe-sheet.ts';

/** A drawn picture and whom to ask about it. */
export interface Probe {
  readonly target: RelayTarget;
  /** As the relay wants it. */
  readonly model: string;
  /** The catalogue as it holds for the relay. */
  readonly catalogue: ModelCatalogue;
  readonly sheet: ProbeSheet;
  readonly picture: RequestPicture;
  /** Random code that the answer has to repeat; letters and digits. */
  readonly nonce: string;
}

/** How a probe is watched and called off. */
export interface ProbeOptions {
  readonly signal?: AbortSignal;
  readonly onStep?: (step: DiagnosisStep) => void;
}

interface Asked {
  readonly end: BookedEnd;
  readonly latencyMs: number;
}

/** Answers that are paid for at most: the picture, and either a plainer form or another level of detail. */
export const mostProbeAnswers = 2;
/** Ends that say nothing of the relay: the diagnosis is called off, not failed. */
const callingOff: readonly ErrorCode[] = ['cancelled', 'budget-reached', 'database-full', 'unexpected'];

/**
 * Asks a model about a drawn picture, the way a reading asks: the program's pace, the ledger, the ladder of forms. Nothing is tried
 * again; a form that the relay refuses costs nothing and is followed by the next plainer one.
 *
 * @param deps - Of the sender.
 * @param probe - Picture and model.
 * @param options - Signal and progress.
 * @throws {AppError} cancelled, budget-reached, database-full: nothing was learnt.
 */
export async function runProbe(deps: RelaySenderDeps, probe: Probe, options: ProbeOptions = {}): Promise<ProbeEvidence> {
  const { target, model, catalogue } = probe;
  const refusal = catalogue.refusal(model, deps.clock.now(), target.practice);
  if (refusal !== null) return { kind: 'none', code: refusal };
  const row = catalogue.modelOrUnknown(model);
  // What was learnt before is put to the test, from the strictest form on.
  deps.ladders.forget(target.name, model);
  options.onStep?.('asking');
  let { asked, format } = await askDownTheLadder(deps, probe, row, options);
  let answers = 1;
  const below = asked === null || !strays(probe, asked.end) ? null : formatBelow(format);
  if (below !== null) {
    answers += 1;
    options.onStep?.('asking-plainer');
    const plainer = await ask(deps, probe, row, below, options);
    if (plainer.end.reply !== null && !strays(probe, plainer.end)) {
      deps.ladders.refused(target.name, model, format);
      [asked, format] = [plainer, below];
    }
  }
  if (asked === null) return { kind: 'none', code: 'relay-refused-request' };
  if (asked.end.reply === null) return { kind: 'none', code: asked.end.outcome?.code ?? 'unexpected' };
  const answer = answerOf(probe, row, format, asked, asked.end.reply);
  const sees = judgeProbe({ kind: 'answer', answer }, catalogue).state !== 'failed';
  if (!sees) return { kind: 'answer', answer };
  // It answers: nothing has to wait for a test request any more.
  deps.traffic.lane(target.id).model(model).gate.reset();
  const other = otherDetail(row, probe.sheet);
  if (other === null) return { kind: 'answer', answer: { ...answer, detail: 'no-levels' } };
  if (answer.usage === null || answers >= mostProbeAnswers) return { kind: 'answer', answer };
  options.onStep?.('asking-other-detail');
  const again = await ask(deps, probe, { ...row, parameters: { ...row.parameters, imageDetail: other.detail } }, format, options);
  const reported = again.end.reply?.usage?.inputTokens ?? null;
  const detail: DetailEvidence = { ...other, reportedChange: reported === null ? null : reported - answer.usage.inputTokens };
  return { kind: 'answer', answer: { ...answer, detail } };
}

/** The strictest form that the relay takes; null where it refuses them all. */
async function askDownTheLadder(deps: RelaySenderDeps, probe: Probe, row: CatalogueModel, options: ProbeOptions): Promise<{ readonly asked: Asked | null; readonly format: AnswerFormat }> {
  const { target, model } = probe;
  for (let format = row.firstFormat; ;) {
    const asked = await ask(deps, probe, row, format, options);
    if (asked.end.outcome?.retry !== 'step-down') return { asked, format };
    const below = deps.ladders.refused(target.name, model, format);
    if (below === null) return { asked: null, format };
    format = below;
  }
}

async function ask(deps: RelaySenderDeps, probe: Probe, row: CatalogueModel, format: AnswerFormat, { signal }: ProbeOptions): Promise<Asked> {
  const { target, model } = probe;
  const request = { ...requestOf(probe), model, pictures: [probe.picture] };
  const maxOutputTokens = outputLimit(row, probe.sheet.tiles.length, request.purpose);
  const size = { purpose: request.purpose, pictures: [probe.sheet], tileCount: probe.sheet.tiles.length, textLength: requestTextLength(request, format).all };
  const started = { ms: deps.clock.monotonicMs() };
  const end = await runBookedCall(deps, {
    target,
    opening: {
      requestId: null, readingId: null, relayName: target.name, model, purpose: 'probe', priceMultiplierPercent: target.priceMultiplierPercent,
      forecast: forecastRequest(row, size, maxOutputTokens),
    },
    body: () => requestBody({ request, row, format, maxOutputTokens }),
    // Whatever is wrong with the answer is looked at closely.
    problemOf: () => null,
  }, {
    ...(signal === undefined ? {} : { signal }),
    onAttempt: (state) => { if (state === 'sending') started.ms = deps.clock.monotonicMs(); },
  });
  const code = end.outcome?.code;
  if (code !== undefined && callingOff.includes(code)) throw new AppError(code, 'the diagnosis was called off', { retryable: true });
  return { end, latencyMs: deps.clock.monotonicMs() - started.ms };
}

function requestOf({ nonce, sheet }: Pick<Probe, 'nonce' | 'sheet'>) {
  return { purpose: 'image', profile: probeProfile(), nonce, pictures: [sheet] } as const;
}

/** No JSON at all where JSON was asked for, though the model did not decline. */
function strays(probe: Probe, { reply }: BookedEnd): boolean {
  if (reply === null) return false;
  const reading = readReply(reply.choice, requestOf(probe));
  return !reading.ok && reading.code === 'answer-not-json';
}

function answerOf(probe: Probe, row: CatalogueModel, format: AnswerFormat, { latencyMs }: Asked, reply: NonNullable<BookedEnd['reply']>): ProbeAnswer {
  const { model, sheet, nonce } = probe;
  return {
    model, row, sheet, nonce, format, latencyMs,
    modelServed: reply.model, choice: reply.choice, usage: reply.usage, textLength: requestTextLength(requestOf(probe), format), detail: 'not-asked',
  };
}
