import { AppError, problemOf } from '../src-shared/domain/errors.ts';
import type { SettledStudy } from '../src-shared/domain/study.ts';
import { epochMs } from '../src-shared/domain/units.ts';
import type { EpochMs } from '../src-shared/domain/units.ts';
import { createImagingPool } from './imaging/imaging-pool.ts';
import { collectFolder } from './intake/collect-folder.ts';
import { sampleExamAttribution, sampleExamFolder, sampleExamStudyInstanceUid } from './intake/sample-exam.ts';
import { createAttemptLedger } from './ledger/attempt-ledger.ts';
import type { LedgerRules } from './ledger/attempt-ledger.ts';
import { billingMonth } from './ledger/billing-calendar.ts';
import { spendCsvLines } from './ledger/spend-csv.ts';
import { costOfTotals, spendOfMonth } from './ledger/spend.ts';
import { systemClock } from './platform/clock.ts';
import type { Clock } from './platform/clock.ts';
import { lockDataFolder } from './platform/data-folder-lock.ts';
import { openLog } from './platform/log.ts';
import { dataPaths, makeDataFolder } from './platform/paths.ts';
import type { Keychain } from './platform/keychain.ts';
import { createRelayKeyDoor } from './platform/relay-key.ts';
import { admitStudy } from './reading/admit-study.ts';
import { createPictureTokens } from './reading/picture-tokens.ts';
import { reload, step } from './reading/reading-desk.ts';
import type { ReadingDesk } from './reading/reading-desk.ts';
import { readingDocument } from './reading/reading-document.ts';
import { createReadingQueue } from './reading/reading-queue.ts';
import { arrivingDetail, queueRows, readingDetail } from './reading/reading-views.ts';
import { shippedCatalogue } from './relay/catalogue.ts';
import type { ModelCatalogue } from './relay/catalogue.ts';
import { createLadderMemory } from './relay/ladder-memory.ts';
import { createLimiter } from './relay/limiter.ts';
import { parseRelayBaseUrl } from './relay/relay-address.ts';
import { createNodeTransport } from './relay/node-transport.ts';
import { createRelaySender } from './relay/sender.ts';
import type { RelayTransport } from './relay/transport.ts';
import { endInterrupted, listAttempts, sumMonth } from './store/attempt-table.ts';
import { listFolders } from './store/folder-table.ts';
import { closeDatabase, openDatabase, translate } from './store/open-database.ts';
import { createPictureStore } from './store/picture-store.ts';
import { insertPrices } from './store/price-table.ts';
import type { PriceRow } from './store/price-table.ts';
import { updateReading } from './store/reading-table.ts';
import { readSettings } from './store/setting-table.ts';
import { findKnownStudies } from './store/study-table.ts';
import type { Workstation } from './workstation-port.ts';
import { createChangeNotices } from './workstation/change-notices.ts';
import { runDoctor } from './workstation/doctor.ts';
import { findPicture } from './workstation/find-picture.ts';
import { createRelayDesk } from './workstation/relay-desk.ts';
import type { RelayOverride } from './workstation/relay-desk.ts';
import { createSettingsDesk } from './workstation/settings-desk.ts';
import { createWatchedFolders } from './workstation/watched-folders.ts';

/** What a workstation is built on. */
export interface WorkstationPlan {
  /** Data folder; made when absent. One workstation at a time works on it. */
  readonly dataFolder: string;
  /** Closed with the workstation. */
  readonly keychain: Keychain;
  /** Way to relays on the network; Node's own by default. */
  readonly transport?: RelayTransport;
  readonly relay?: RelayOverride;
  readonly clock?: Clock;
  readonly electronVersion?: string;
}

/** Longest time that closing waits for requests on their way, ms. */
const drainDeadlineMs = 20_000;

/**
 * Builds LungDesk without its window: the one place that constructs the rooms and wires them.
 *
 * @throws {AppError} data-folder-in-use, database-newer, database-damaged; nothing is left open then.
 */
export async function createWorkstation(plan: WorkstationPlan): Promise<Workstation> {
  const clock = plan.clock ?? systemClock;
  const paths = dataPaths(plan.dataFolder);
  makeDataFolder(paths);
  const lock = lockDataFolder(paths.lock);
  const log = openLog({ folder: paths.logs, clock });
  let database;
  try {
    database = openDatabase({ path: paths.database, key: null });
    await endInterrupted(database, clock.now());
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
  const opened = database;
  const catalogue = shippedCatalogue();
  await insertPrices(opened, cataloguePrices(catalogue, clock.now()));

  const notices = createChangeNotices();
  const pool = createImagingPool();
  const pictures = createPictureStore(paths.pictures);
  const tokens = createPictureTokens();
  const settings = () => readSettings(opened);
  const limiter = createLimiter(clock, (await settings()).requestsInFlight);
  let settleMs = (await settings()).settleSeconds * 1000;

  async function rules(): Promise<LedgerRules> {
    const { billingTimeZone, monthlyBudgetMicroUsd } = await settings();
    return { timeZone: billingTimeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone, monthlyBudgetMicroUsd };
  }
  function changed(readingId: string): void {
    notices.reading(readingId);
  }
  function report(thrown: unknown): void {
    log.write({ level: 'error', room: 'workstation', event: 'fault', code: problemOf(translate(thrown)).code });
  }

  const ledger = createAttemptLedger(opened, clock, rules, (readingId) => {
    if (readingId !== null) changed(readingId);
    notices.spend();
  });
  const loopbackTransport = createNodeTransport({ clock, environment: process.env });
  let relayHost = hostOf(plan.relay?.baseUrl ?? (await settings()).relayBaseUrl);
  const keyDoor = createRelayKeyDoor({
    secretStore: plan.keychain, markerPath: paths.keyMarker, clock, host: () => relayHost,
  });
  const relays = createRelayDesk({
    clock,
    catalogue,
    settings,
    keyDoor,
    transport: plan.transport ?? loopbackTransport,
    loopbackTransport,
    override: plan.relay ?? null,
  });
  const sender = createRelaySender({ clock, book: ledger, limiter, ladders: createLadderMemory(), catalogue });
  const desk: ReadingDesk = {
    database: opened, clock, pool, pictures, sender, catalogue, settings, chooseRelay: (reading) => relays.choose(reading), changed,
  };
  const queue = createReadingQueue(desk, (_, thrown) => report(thrown));
  await queue.recover();

  const folders = createWatchedFolders({
    clock,
    inspect: (path) => pool.inspect(path),
    settleMs: () => settleMs,
    async knownCount(studyInstanceUid, sourcePath) {
      const known = await findKnownStudies(opened, studyInstanceUid);
      return Math.max(0, ...known.filter((one) => one.sourcePath === sourcePath).map((one) => one.instances.size));
    },
    async onSettled(study, arrival) {
      await admit(study, { ...arrival, asked: false, highPriority: false, model: null });
      queue.wake();
    },
    onFault: report,
    changed,
    foldersChanged: () => notices.settings(),
  });
  const settingsDesk = createSettingsDesk({
    database: opened, clock, catalogue, relays, keyDoor, folders,
    changed(now) {
      settleMs = now.settleSeconds * 1000;
      relayHost = hostOf(plan.relay?.baseUrl ?? now.relayBaseUrl);
      limiter.resize(now.requestsInFlight);
      notices.settings();
      queue.wake();
    },
  });

  async function admit(
    study: SettledStudy,
    arrival: { readingId: string; receivedAt: EpochMs; asked: boolean; highPriority: boolean; model: string | null },
  ): Promise<string> {
    const attribution = study.studyInstanceUid === sampleExamStudyInstanceUid ? sampleExamAttribution : null;
    const admitted = await admitStudy(opened, clock, { ...arrival, study, attribution });
    changed(admitted.readingId);
    return admitted.readingId;
  }
  async function admitFolder(path: string, highPriority: boolean, model: string | null): Promise<readonly string[]> {
    const studies = await collectFolder(path, (file) => pool.inspect(file), clock);
    const readings: string[] = [];
    for (const study of studies) {
      readings.push(await admit(study, { readingId: clock.newId(), receivedAt: clock.now(), asked: true, highPriority, model }));
    }
    return readings;
  }
  async function resume(readingId: string): Promise<void> {
    const reading = await reload(opened, readingId);
    if (reading.state === 'merged' || reading.state === 'failed' || reading.state === 'cancelled' || reading.state === 'needs-attention') {
      await step(desk, reading, 'prepare', null, { reason: null, held_for: null, crash_count: 0 });
    }
    queue.wake();
  }
  async function currentMonth(): Promise<string> {
    return billingMonth(clock.now(), (await rules()).timeZone);
  }

  return {
    async start() {
      for (const folder of await listFolders(opened)) folders.watch(folder);
      queue.wake();
    },
    async stop() {
      await folders.stop();
      await queue.stop(drainDeadlineMs);
      await relays.close();
      await pool.close();
      notices.close();
      await closeDatabase(opened);
      plan.keychain.close();
      lock.release();
    },
    subscribe: (listener) => notices.subscribe(listener),

    listQueue: async () => [...folders.arrivingRows(), ...(await queueRows(opened))],
    async openReading(readingId) {
      const arriving = folders.arrivingRows().find((row) => row.readingId === readingId);
      return arriving === undefined ? readingDetail(opened, readingId, tokens) : arrivingDetail(arriving);
    },
    cancelReading: (readingId) => queue.cancel(readingId),
    resumeReading: resume,
    async acceptRevision(readingId) {
      await step(desk, await reload(opened, readingId), 'accept', null, { reason: null });
      queue.wake();
    },
    async dismissRevision(readingId) {
      const reading = await reload(opened, readingId);
      await step(desk, reading, 'cancel', reading.reason, {});
    },
    async setHighPriority(readingId, highPriority) {
      await updateReading(opened, readingId, { high_priority: highPriority ? 1 : 0 });
      changed(readingId);
    },
    async readSampleExam() {
      const [readingId] = await admitFolder(sampleExamFolder(), false, null);
      if (readingId === undefined) throw new AppError('folder-empty', 'the sample exam is not there');
      queue.wake();
      return { readingId };
    },
    async readFolder(path, { highPriority, model, signal }) {
      const readingIds = await admitFolder(path, highPriority, model);
      signal?.addEventListener('abort', () => void Promise.all(readingIds.map((id) => queue.cancel(id))).catch(report));
      for (const readingId of readingIds) {
        const { state } = await reload(opened, readingId);
        const { status } = await readingDocument(opened, readingId);
        if (state !== 'needs-attention' && status !== 'complete') await resume(readingId);
      }
      await Promise.all(readingIds.map((readingId) => queue.whenSettled(readingId)));
      return Promise.all(readingIds.map((readingId) => readingDocument(opened, readingId)));
    },
    readingDocument: (readingId) => readingDocument(opened, readingId),
    picture: (token) => findPicture({ database: opened, pool, pictures, tokens }, token),

    async currentSpend() {
      const month = await currentMonth();
      const { monthlyBudgetMicroUsd } = await rules();
      return { month, cost: costOfTotals(await sumMonth(opened, month)), budgetMicroUsd: monthlyBudgetMicroUsd };
    },
    async spendMonth(month) {
      const rows = new Map((await queueRows(opened)).map((row) => [row.readingId, row]));
      return spendOfMonth(opened, month ?? (await currentMonth()), await rules(), (readingId) => {
        const row = readingId === null ? undefined : rows.get(readingId);
        return row === undefined ? '' : [row.patientId, row.studyDate, row.studyDescription].filter(Boolean).join(' · ');
      });
    },
    spendCsv: async (month) => spendCsvLines(await listAttempts(opened, { billingMonth: month ?? (await currentMonth()) })),

    settings: () => settingsDesk.view(),
    updateSettings: (patch) => settingsDesk.update(patch),
    addFolder: (path) => settingsDesk.addFolder(path),
    removeFolder: (folderId) => settingsDesk.removeFolder(folderId),
    folderPath: (folderId) => settingsDesk.folderPath(folderId),
    setRelayKey: (key, sessionOnly) => settingsDesk.setKey(key, sessionOnly),
    deleteRelayKey: () => settingsDesk.deleteKey(),
    checkRelay: () => relays.check(),
    runDoctor: () =>
      runDoctor({
        database: opened,
        keyState: () => settingsDesk.keyState(),
        checkRelay: () => relays.check(),
        environment: process.env,
        platform: process.platform,
        versions: { node: process.versions.node, electron: plan.electronVersion },
      }),
  };
}

function hostOf(relayBaseUrl: string): string {
  return parseRelayBaseUrl(relayBaseUrl).host;
}

/** Catalogue prices as rows of the ledger; the same row keeps its id over all starts. */
function cataloguePrices(catalogue: ModelCatalogue, now: EpochMs): readonly PriceRow[] {
  return [...catalogue.modelViews(now, true), ...catalogue.modelViews(now, false)].flatMap(({ id: model }) =>
    (catalogue.findModel(model)?.prices ?? []).map((price, index) => ({
      id: `catalogue:${model}:${price.effectiveFrom}`,
      model,
      inputMicroUsdPerMillion: price.input,
      cachedInputMicroUsdPerMillion: price.cachedInput,
      outputMicroUsdPerMillion: price.output,
      // Before the first known price the first one is the best there is.
      effectiveFrom: index === 0 ? epochMs(0) : epochMs(Date.parse(`${price.effectiveFrom}T00:00:00Z`)),
      source: `catalogue ${catalogue.date}`,
    })),
  );
}
