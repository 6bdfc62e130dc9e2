import { AppError, problemOf } from '../src-shared/domain/errors.ts';
import type { ReadingPlan } from '../src-shared/domain/reading.ts';
import type { QueueRow } from '../src-shared/domain/views.ts';
import { findCandidates } from './workers/find-candidates.ts';
import { createImagingPool } from './workers/imaging-pool.ts';
import { createVolumeStore } from './workers/volume-store.ts';
import { sampleExamFolder } from './intake/sample-exam.ts';
import { createAttemptLedger } from './ledger/attempt-ledger.ts';
import { systemClock } from './platform/clock.ts';
import type { Clock } from './platform/clock.ts';
import type { Keychain } from './platform/keychain.ts';
import { createRelayKeys } from './platform/relay-keys.ts';
import { changePlan } from './reading/change-plan.ts';
import { createPreparingProgress } from './reading/preparing-progress.ts';
import { createPictureTokens } from './reading/picture-tokens.ts';
import { reload, step } from './reading/reading-desk.ts';
import type { ReadingDesk, RelayChoice } from './reading/reading-desk.ts';
import { readingDocument } from './reading/reading-document.ts';
import { createReadingQueue } from './reading/reading-queue.ts';
import { restingStates } from './reading/reading-state.ts';
import { sizeNodule } from './reading/size-nodule.ts';
import { shippedProfiles } from './reading/reading-profiles.ts';
import { arrivingDetail, queueRows, readingDetail } from './reading/reading-views.ts';
import { catalogueInForce, shippedCatalogue } from './relay/catalogue.ts';
import { createLadderMemory } from './relay/ladder-memory.ts';
import { createRelayTraffic } from './relay/relay-traffic.ts';
import { createNodeTransport } from './relay/node-transport.ts';
import { createRelaySender } from './relay/sender.ts';
import type { RelayTransport } from './relay/transport.ts';
import { hasAnswers } from './store/attempt-table.ts';
import { listFolders } from './store/folder-table.ts';
import { listLadderLessons, putLadderLesson } from './store/ladder-lesson-table.ts';
import { translate } from './store/open-database.ts';
import { countControls } from './store/tile-table.ts';
import { createPictureStore } from './store/picture-store.ts';
import { updateReading } from './store/reading-table.ts';
import type { StoredReading } from './store/reading-table.ts';
import { readSettings } from './store/setting-table.ts';
import { findKnownStudies } from './store/study-table.ts';
import type { Workstation } from './workstation-port.ts';
import { createAdmissionDesk } from './workstation/admission-desk.ts';
import { createPriceLookup } from './workstation/catalogue-prices.ts';
import { createChangeNotices } from './workstation/change-notices.ts';
import { createDiagnosisDesk } from './workstation/diagnosis-desk.ts';
import { draftReport } from './workstation/draft-report.ts';
import type { ReportDesk } from './workstation/draft-report.ts';
import { runDoctor } from './workstation/doctor.ts';
import { createPictureFinder } from './workstation/find-picture.ts';
import { openDataFolder } from './workstation/open-data-folder.ts';
import { createPlanningDesk } from './workstation/planning-desk.ts';
import { createRelayDesk } from './workstation/relay-desk.ts';
import type { RelayOverride } from './workstation/relay-desk.ts';
import { relayNamed } from './workstation/relay-places.ts';
import { createSettingsDesk } from './workstation/settings-desk.ts';
import { createSpendDesk } from './workstation/spend-desk.ts';
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

/** Longest time that closing, or cancelling, waits for requests on their way, ms; the window's own deadline is longer. */
const drainMs = 20_000;

/**
 * Builds LungDesk without its window: the one place that constructs the rooms and wires them.
 *
 * @throws {AppError} data-folder-in-use, database-newer, database-damaged; nothing is left open then.
 */
export async function createWorkstation(plan: WorkstationPlan): Promise<Workstation> {
  const clock = plan.clock ?? systemClock;
  const folder = await openDataFolder(plan.dataFolder, clock);
  const { paths, log, database: opened, outbox, settings: atStart } = folder;
  let catalogueNow = shippedCatalogue(atStart.modelOverrides);
  const catalogue = catalogueInForce(() => catalogueNow);
  const profiles = shippedProfiles();

  const notices = createChangeNotices();
  const pool = createImagingPool();
  const volumes = createVolumeStore({ pool });
  const progress = createPreparingProgress();
  const searches = createPreparingProgress();
  const pictures = createPictureStore(paths.pictures);
  const tokens = createPictureTokens();
  const settings = () => readSettings(opened);
  const traffic = createRelayTraffic(clock, atStart.requestsInFlight);
  const spend = createSpendDesk({ database: opened, clock, settings, searches });
  let { settleSeconds, readingPlan, readingMode } = atStart;

  function changed(readingId: string): void {
    notices.reading(readingId);
  }
  function report(thrown: unknown): void {
    log.write({ level: 'error', room: 'workstation', event: 'fault', code: problemOf(translate(thrown)).code });
  }

  const prices = createPriceLookup(async (relayName) => catalogue.forRelay(relayNamed((await settings()).relays, relayName)?.id ?? 'practice'));
  const ledger = createAttemptLedger(opened, clock, () => spend.rules(), outbox, (readingId) => {
    if (readingId !== null) changed(readingId);
    notices.spend();
  }, prices);
  const loopbackTransport = createNodeTransport({ clock, environment: process.env });
  const relays = createRelayDesk({
    clock,
    catalogue,
    traffic,
    settings,
    keys: createRelayKeys({ secretStore: plan.keychain, markerPath: paths.keyMarker, clock }),
    transport: plan.transport ?? loopbackTransport,
    loopbackTransport,
    override: plan.relay ?? null,
    onBack: () => { queue.wake(); },
    isProven: (target, model) => diagnoses.isProven(target, model),
  });
  const planningFor = createPlanningDesk({ database: opened, clock, catalogue, profiles, settings, relays, hasAnswers: (readingId) => hasAnswers(opened, readingId) });
  const ladders = createLadderMemory({
    lessons: await listLadderLessons(opened),
    now: () => clock.now(),
    onLesson: (lesson) => { putLadderLesson(opened, lesson).catch(report); },
  });
  const sending = { clock, book: ledger, traffic, ladders, catalogue, drainMs };
  const sender = createRelaySender(sending);
  const diagnoses = createDiagnosisDesk({
    database: opened, sending, prices, relays,
    onStep: (relayId, model, step) => { notices.diagnosis(relayId, model, step); },
    changed() {
      notices.settings();
      // A reading may have waited for its model to be proved.
      queue.wake();
    },
  });
  async function chooseRelay(reading: StoredReading): Promise<RelayChoice> {
    const choice = await relays.choose(reading, await hasAnswers(opened, reading.id));
    const isRefused = reading.heldFor === 'budget' && choice.kind === 'target' && (await ledger.wouldRefuse(reading.id, choice.model));
    return isRefused ? { kind: 'hold', holdFor: 'budget', code: 'budget-reached' } : choice;
  }
  const desk: ReadingDesk = {
    database: opened, clock, pool, volumes, progress, searches, findCandidates, pictures, sender, catalogue, profiles, settings, planningFor, chooseRelay, changed,
    giveUp: (readingId, way, stop) => { relays.giveUp(readingId, way.target, way.model, stop); },
    bookOwed: () => ledger.bookOwed(),
  };
  const reports: ReportDesk = { database: opened, sending, chooseRelay, settings, listed: async ({ id }) => (id === 'practice' ? [] : (await relays.check(id)).models) };
  const queue = createReadingQueue(desk, (_, thrown) => report(thrown));

  const admissions = createAdmissionDesk({ database: opened, clock, inspect: (path) => pool.run('inspect', path), changed });
  const folders = createWatchedFolders({
    clock,
    inspect: (path) => pool.run('inspect', path),
    settleMs: () => settleSeconds * 1000,
    plan: () => readingPlan,
    async knownCount(studyInstanceUid, sourcePath) {
      const known = await findKnownStudies(opened, studyInstanceUid);
      return Math.max(0, ...known.filter((one) => one.sourcePath === sourcePath).map((one) => one.instances.size));
    },
    async onSettled(study, arrival) {
      queue.want(await admissions.admit(study, { ...arrival, asked: false, practiceCounts: true, highPriority: false, model: null, plan: readingPlan, mode: readingMode }));
    },
    onFault: report,
    changed,
    foldersChanged: () => notices.settings(),
  });
  const settingsDesk = createSettingsDesk({
    database: opened, clock, catalogue, relays, folders,
    forgetDiagnoses: (relayId) => diagnoses.forget(relayId),
    changed(now) {
      ({ settleSeconds, readingPlan, readingMode } = now);
      catalogueNow = shippedCatalogue(now.modelOverrides);
      traffic.resize(now.requestsInFlight);
      notices.settings();
      queue.wake();
    },
  });

  /** What is asked for now counts, not what was asked for when the reading began. */
  async function resume(readingId: string, asked: Omit<Parameters<typeof updateReading>[2], 'plan'> & { readonly plan?: ReadingPlan } = {}): Promise<void> {
    const reading = await reload(opened, readingId);
    if (reading.reason === 'already-read') throw new AppError('already-read', 'this exam has been read already; nothing is sent again');
    const { plan = reading.plan } = asked;
    if (plan !== reading.plan) return queue.change(readingId, () => changePlan(desk, readingId, plan, asked));
    // A person asks for it: whatever happened before, it gets its chance.
    if (!restingStates.includes(reading.state)) await updateReading(opened, readingId, { ...asked, crash_count: 0 });
    else if ((await readingDocument(opened, readingId)).status !== 'complete') {
      // Nothing seen before says nothing about what is still to be read.
      const priority = reading.priority === 'routine' ? 'unknown' : reading.priority;
      await step(desk, reading, 'prepare', null, { ...asked, reason: null, held_for: null, crash_count: 0, priority });
    }
    queue.want(readingId);
  }
  /** What is known only while LungDesk runs: how far a reading is prepared, and what keeps it from going on where that could not be stored. */
  function live(row: QueueRow): QueueRow {
    const share = row.state === 'preparing' ? progress.shareOf(row.readingId) : null;
    if (share !== null) return { ...row, stageDone: Math.floor(share * row.stageTotal) };
    const fault = queue.faultOf(row.readingId);
    if (fault === null) return row;
    return fault === 'database-full' ? { ...row, state: 'held', status: 'held', heldFor: 'disk', reason: fault } : { ...row, reason: fault };
  }

  let stopped: Promise<void> | null = null;
  async function shutDown(): Promise<void> {
    await folders.stop();
    await diagnoses.cancel();
    await queue.stop();
    await ledger.bookOwed().catch(report);
    await relays.close();
    await pool.close();
    notices.close();
    plan.keychain.close();
    await folder.close();
  }

  return {
    async start() {
      for (const folder of await listFolders(opened)) folders.watch(folder);
      queue.takeAll();
    },
    stop: () => (stopped ??= shutDown()),
    subscribe: (listener) => notices.subscribe(listener),

    listQueue: async () => [...folders.arrivingRows(), ...(await queueRows(opened, searches)).map(live)],
    async openReading(readingId) {
      const arriving = folders.arrivingRows().find((row) => row.readingId === readingId);
      if (arriving !== undefined) return arrivingDetail(arriving);
      const detail = await readingDetail(opened, readingId, { tokens, searches, profiles, trust: () => diagnoses.trust() });
      return { ...detail, row: live(detail.row) };
    },
    cancelReading: (readingId) => queue.cancel(readingId),
    resumeReading: (readingId) => resume(readingId),
    readOnDevice: (readingId) => queue.change(readingId, () => changePlan(desk, readingId, 'device-only')),
    readThroughRelay: (readingId) => queue.change(readingId, () => changePlan(desk, readingId, 'relay')),
    sizeNodule: (readingId, place) => sizeNodule(desk, readingId, place),
    async acceptRevision(readingId) {
      const reading = await reload(opened, readingId);
      // A second click finds the question answered.
      if (reading.state === 'needs-attention') await step(desk, reading, 'accept', null, { reason: null });
      queue.want(readingId);
    },
    async dismissRevision(readingId) {
      const reading = await reload(opened, readingId);
      if (reading.state === 'needs-attention') await step(desk, reading, 'cancel', reading.reason, {});
    },
    async setHighPriority(readingId, highPriority) {
      await updateReading(opened, readingId, { high_priority: highPriority ? 1 : 0 });
      changed(readingId);
    },
    async readSampleExam() {
      const [readingId] = await admissions.admitFolder(sampleExamFolder(), { highPriority: false, model: null, plan: readingPlan, mode: readingMode, practiceCounts: true });
      if (readingId === undefined) throw new AppError('folder-empty', 'the sample exam is not there');
      queue.want(readingId);
      return { readingId };
    },
    async readFolder(path, { highPriority, model, signal, plan = readingPlan, mode = readingMode }) {
      const readingIds = await admissions.admitFolder(path, { highPriority, model, plan, mode, practiceCounts: await relays.isPractice() });
      const callOff = () => Promise.all(readingIds.map((readingId) => queue.cancel(readingId)));
      signal?.addEventListener('abort', () => void callOff().catch(report));
      for (const readingId of readingIds) {
        if (signal?.aborted !== true) await resume(readingId, { plan, mode, model_override: model, high_priority: highPriority ? 1 : 0 });
      }
      if (signal?.aborted === true) await callOff();
      await Promise.all(readingIds.map((readingId) => queue.whenSettled(readingId)));
      return Promise.all(readingIds.map((readingId) => readingDocument(opened, readingId)));
    },
    readingDocument: (readingId) => readingDocument(opened, readingId),
    picture: createPictureFinder({ database: opened, pool, volumes, pictures, tokens }),

    currentSpend: () => spend.currentSpend(),
    spendMonth: (month) => spend.spendMonth(month),
    spendCsv: (month) => spend.spendCsv(month),

    settings: () => settingsDesk.view(),
    updateSettings: (patch) => settingsDesk.update(patch),
    addFolder: (path) => settingsDesk.addFolder(path),
    removeFolder: (folderId) => settingsDesk.removeFolder(folderId),
    folderPath: (folderId) => settingsDesk.folderPath(folderId),
    setRelayKey: (key, sessionOnly, relayId) => settingsDesk.setKey(key, sessionOnly, relayId),
    deleteRelayKey: (relayId) => settingsDesk.deleteKey(relayId),
    checkRelay: (relayId) => relays.check(relayId),
    relayHealth: () => relays.health(),
    offerDiagnosis: (relayId, model) => diagnoses.offer(relayId, model),
    diagnoseRelay: (relayId, model, signal) => diagnoses.diagnose(relayId, model, signal),
    cancelDiagnosis: () => diagnoses.cancel(),
    relayDiagnoses: () => diagnoses.list(),
    resumed: () => relays.resumed(),
    controlRates: () => countControls(opened),
    draftReport: (readingId, language, byModel) => draftReport(reports, readingId, language, { byModel }),
    runDoctor: () => runDoctor({
      database: opened, keyState: () => settingsDesk.keyState(), checkRelay: () => relays.check(),
      environment: process.env, platform: process.platform, versions: { node: process.versions.node, electron: plan.electronVersion },
    }),
  };
}
