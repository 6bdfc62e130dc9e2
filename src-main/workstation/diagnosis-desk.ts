import { isOutOfDate } from '../../src-shared/domain/diagnosis.ts';
import type { DiagnosisForecast, DiagnosisOffer, DiagnosisStep, RelayDiagnosis, RelayDiagnosisView } from '../../src-shared/domain/diagnosis.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { costOf } from '../ledger/cost.ts';
import type { PriceLookup } from '../ledger/price-lookup.ts';
import { costOfTotals } from '../ledger/spend.ts';
import { dealProbeSheet } from '../relay/diagnosis/probe-sheet.ts';
import { forecastProbe } from '../relay/diagnosis/forecast-probe.ts';
import { isAboutModel, judgeProbe } from '../relay/diagnosis/judge-probe.ts';
import { mayOverlay, mayRead } from '../relay/diagnosis/may-overlay.ts';
import { runProbe } from '../relay/diagnosis/run-probe.ts';
import type { ModelCatalogue } from '../relay/catalogue.ts';
import { promptVersion } from '../relay/prompt.ts';
import type { RelaySenderDeps } from '../relay/sender-deps.ts';
import type { RelayTarget } from '../relay/tile-request.ts';
import { sumAttempts } from '../store/attempt-table.ts';
import { deleteDiagnoses, findDiagnosis, listDiagnoses, putDiagnosis } from '../store/diagnosis-table.ts';
import type { StoredDiagnosis } from '../store/diagnosis-table.ts';
import type { Database } from '../store/open-database.ts';
import { drawProbePicture } from './draw-probe-picture.ts';
import type { RelayDesk } from './relay-desk.ts';

/** What diagnosing relays needs. */
export interface DiagnosisDeskParts {
  readonly database: Database;
  /** Of the program's one sender. */
  readonly sending: RelaySenderDeps;
  readonly prices: PriceLookup;
  readonly relays: Pick<RelayDesk, 'target' | 'models' | 'titles'>;
  /** How far a diagnosis has come; null: it has ended. */
  readonly onStep: (relayId: string, model: string, step: DiagnosisStep | null) => void;
  /** What is known of a relay's model has changed. */
  readonly changed: () => void;
}

/** Whether what a model said, through the relay that the ledger calls so, may be put on the screen. */
export type OverlayTrust = (relayName: string | null, model: string) => boolean;

/** Proves relays' models with a drawn picture, and knows what was proved. */
export interface DiagnosisDesk {
  /** Says what a diagnosis will cost; nothing is sent. Of the relay and the model in use where none is named. @throws {AppError} as RelayDesk.target */
  offer(relayId: string | null, model: string | null): Promise<DiagnosisOffer>;
  /**
   * Sends a drawn picture, judges the answer and keeps what it says of the model; one diagnosis at a time.
   *
   * @throws {AppError} as RelayDesk.target; cancelled, budget-reached, database-full: nothing was learnt; request-invalid while another runs.
   */
  diagnose(relayId: string | null, model: string | null, signal?: AbortSignal): Promise<RelayDiagnosisView>;
  list(): Promise<readonly RelayDiagnosisView[]>;
  /** A relay's address, headers or key changed. */
  forget(relayId: string): Promise<void>;
  /** Whether a model may be sent exams. */
  isProven(target: Pick<RelayTarget, 'id' | 'baseUrl' | 'practice'>, model: string): Promise<boolean>;
  /** What may be put on the screen now. */
  trust(): Promise<OverlayTrust>;
  /** Calls the diagnosis that runs off and waits for its end. */
  cancel(): Promise<void>;
}

/** Opens the desk. */
export function createDiagnosisDesk(parts: DiagnosisDeskParts): DiagnosisDesk {
  const { database, sending, relays } = parts;
  const { clock, catalogue } = sending;
  let running: { readonly ended: AbortController; readonly done: Promise<unknown> } | null = null;

  async function subject(relayId: string | null, model: string | null): Promise<{ readonly target: RelayTarget; readonly model: string; readonly known: ModelCatalogue }> {
    const target = await relays.target(relayId ?? undefined);
    return { target, model: model ?? (await relays.models(target.practice)).standard, known: catalogue.forRelay(target.id) };
  }
  async function forecastOf({ target, model, known }: Awaited<ReturnType<typeof subject>>): Promise<DiagnosisForecast> {
    const question = { relayName: target.name, model, at: clock.now(), promptTokens: 0, multiplierPercent: target.priceMultiplierPercent };
    const price = await parts.prices(question);
    return forecastProbe({ model, catalogue: known, costOf: (tokens) => (price === null ? null : costOf({ ...tokens, cachedInputTokens: 0 }, price)) });
  }
  function view(diagnosis: RelayDiagnosis): RelayDiagnosisView {
    return { ...diagnosis, outOfDate: isOutOfDate(diagnosis, clock.now(), promptVersion) };
  }
  async function run(about: Awaited<ReturnType<typeof subject>>, signal: AbortSignal): Promise<StoredDiagnosis & { readonly aboutModel: boolean }> {
    const { target, model, known } = about;
    const forecast = await forecastOf(about);
    const onStep = (step: DiagnosisStep): void => parts.onStep(target.id, model, step);
    onStep('drawing');
    const sheet = dealProbeSheet(() => clock.random());
    const picture = await drawProbePicture(sheet);
    const attemptIds: string[] = [];
    const book: RelaySenderDeps['book'] = { ...sending.book, reserve: async (opening) => {
      const id = await sending.book.reserve(opening);
      attemptIds.push(id);
      return id;
    } };
    const nonce = clock.newId().replaceAll('-', '').slice(0, 12);
    const evidence = await runProbe({ ...sending, book }, { target, model, catalogue: known, sheet, picture, nonce }, { signal, onStep });
    const verdict = judgeProbe(evidence, known);
    const totals = await sumAttempts(database, attemptIds);
    const diagnosis: RelayDiagnosis = {
      relayId: target.id, relayName: target.name, model, modelServed: evidence.kind === 'answer' ? evidence.answer.modelServed : null,
      at: clock.now(), promptVersion, ...verdict, requests: totals.attempts, forecast, cost: costOfTotals(totals), unpricedAttempts: totals.unpricedAttempts,
    };
    return { diagnosis, address: target.baseUrl.href, aboutModel: isAboutModel(verdict) };
  }

  async function made(relayId: string | null, model: string | null, signal: AbortSignal): Promise<RelayDiagnosisView> {
    const about = await subject(relayId, model);
    try {
      const { aboutModel, ...stored } = await run(about, signal);
      // A network that is down just now takes back nothing that was proved.
      if (aboutModel || (await findDiagnosis(database, about.target.id, about.model)) === null) await putDiagnosis(database, stored);
      parts.changed();
      return view(stored.diagnosis);
    } finally {
      parts.onStep(about.target.id, about.model, null);
    }
  }

  return {
    async offer(relayId, model) {
      const about = await subject(relayId, model);
      return { relayId: about.target.id, relayName: about.target.name, model: about.model, forecast: await forecastOf(about) };
    },
    async diagnose(relayId, model, signal) {
      if (running !== null) throw new AppError('request-invalid', 'a diagnosis is under way', { retryable: true });
      const ended = new AbortController();
      const done = made(relayId, model, signal === undefined ? ended.signal : AbortSignal.any([ended.signal, signal])).finally(() => { running = null; });
      running = { ended, done };
      return done;
    },
    async cancel() {
      running?.ended.abort();
      // Whoever pressed hears how it ended.
      await running?.done.catch(() => undefined);
    },
    list: async () => (await listDiagnoses(database)).map(({ diagnosis }) => view(diagnosis)),
    forget: (relayId) => deleteDiagnoses(database, relayId),
    async isProven(target, model) {
      const isKnown = catalogue.findModel(model) !== null;
      if (target.practice || isKnown) return mayRead(null, isKnown, target.practice);
      const stored = await findDiagnosis(database, target.id, model);
      return mayRead(stored === null || stored.address !== target.baseUrl.href ? null : view(stored.diagnosis), isKnown, false);
    },
    async trust() {
      const [stored, titles] = await Promise.all([listDiagnoses(database), relays.titles()]);
      return (relayName, model) => {
        // A relay may have been given another name since.
        const found = stored.find(({ diagnosis }) => diagnosis.model === model && (diagnosis.relayName === relayName || titles.get(diagnosis.relayId) === relayName));
        return mayOverlay(found === undefined ? null : view(found.diagnosis), catalogue.findModel(model) !== null, relayName === 'practice');
      };
    },
  };
}
