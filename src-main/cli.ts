import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { AppError, problemOf } from '../src-shared/domain/errors.ts';
import type { ReadingDocument, ReadingPlan } from '../src-shared/domain/reading.ts';
import { doctorLines, historyLines, missingLines, preparedLines, spendLines } from './cli-text.ts';
import { diagnosisLines, diagnosisOfferLine, diagnosisStepLine } from './diagnosis-text.ts';
import { parseCommand, usage } from './command-line.ts';
import type { Command, PrepareCommand } from './command-line.ts';
import { createImagingPool } from './workers/imaging-pool.ts';
import { systemClock } from './platform/clock.ts';
import { noCost } from './ledger/spend.ts';
import { createKeychain } from './platform/keychain.ts';
import { dataFolder } from './platform/paths.ts';
import { prepareFolder } from './prepare/prepare-folder.ts';
import { createWorkstation } from './workstation.ts';
import { readingLines } from './reading-text.ts';
import type { Workstation } from './workstation-port.ts';

/** Places of unread slices that are told in one line. */
const mostPlaces = 5;

/** Ends with 0 for success, 1 for anything short of a complete reading, 2 for words it does not understand. */
const exitCodes = { success: 0, incomplete: 1, usage: 2 } as const;

/** Standard output carries the answer and nothing else. */
function print(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

async function run(command: Command): Promise<number> {
  if (command.name === 'help') {
    process.stdout.write(usage);
    return exitCodes.success;
  }
  if (command.name === 'prepare') return prepare(command);
  const relay = relayAddress(command);
  const workstation = await createWorkstation({
    dataFolder: resolve(dataFolder({ homeOption: command.home, env: process.env, platform: process.platform, userHome: homedir() })),
    keychain: createKeychain({ clock: systemClock }),
    ...(relay === null ? {} : { relay: { baseUrl: relay, key: process.env['LUNGDESK_RELAY_KEY'] ?? null } }),
  });
  try {
    return await drive(workstation, command);
  } finally {
    await workstation.stop();
  }
}

async function drive(workstation: Workstation, command: Exclude<Command, { name: 'help' | 'prepare' }>): Promise<number> {
  switch (command.name) {
    case 'read': {
      const documents = await workstation.readFolder(resolve(command.folder), {
        model: command.model,
        highPriority: command.highPriority,
        ...planAsked(command),
        signal: interruption(),
      });
      if (command.json) printJson(documents.length === 1 ? documents[0] : documents);
      else print(documents.flatMap((document, index) => (index === 0 ? readingLines(document) : ['', ...readingLines(document)])));
      tellWhatIsMissing(documents);
      return documents.every((document) => document.status === 'complete') ? exitCodes.success : exitCodes.incomplete;
    }
    case 'history': {
      const rows = await workstation.listQueue();
      if (command.json) printJson(rows);
      else print(historyLines(rows));
      return exitCodes.success;
    }
    case 'spend': {
      if (command.format === 'csv') process.stdout.write((await workstation.spendCsv(command.month)).join(''));
      else {
        const month = await workstation.spendMonth(command.month);
        if (command.format === 'json') printJson(month);
        else print(spendLines(month));
      }
      return exitCodes.success;
    }
    case 'verify-relay': return verifyRelay(workstation, command);
    case 'doctor': {
      const checks = await workstation.runDoctor();
      if (command.json) printJson(checks);
      else print(doctorLines(checks));
      return checks.some((check) => check.state === 'failed') ? exitCodes.incomplete : exitCodes.success;
    }
  }
}

/** The address of a relay that is named on the command line, not in the settings. */
function relayAddress(command: Exclude<Command, { name: 'help' | 'prepare' }>): string | null {
  if (command.name === 'read') return command.relay;
  return command.name === 'verify-relay' && command.relay?.includes('://') === true ? command.relay : null;
}

async function verifyRelay(workstation: Workstation, command: Extract<Command, { name: 'verify-relay' }>): Promise<number> {
  const relayId = relayAddress(command) === null ? command.relay : null;
  const tell = (line: string): void => void process.stderr.write(`lungdesk: ${line}\n`);
  tell(diagnosisOfferLine(await workstation.offerDiagnosis(relayId, command.model)));
  const unsubscribe = workstation.subscribe((told) => {
    if (told.name === 'diagnosisStep' && told.event.step !== null) tell(diagnosisStepLine(told.event.step));
  });
  try {
    const diagnosis = await workstation.diagnoseRelay(relayId, command.model, interruption());
    if (command.json) printJson(diagnosis);
    else print(diagnosisLines(diagnosis));
    return diagnosis.state === 'failed' ? exitCodes.incomplete : exitCodes.success;
  } finally {
    unsubscribe();
  }
}

/** Who names a model or a relay wants it asked, whatever the settings say. */
function planAsked({ deviceOnly, model, relay }: Extract<Command, { name: 'read' }>): { readonly plan?: ReadingPlan } {
  if (deviceOnly) return { plan: 'device-only' };
  return model === null && relay === null ? {} : { plan: 'relay' };
}

/** Writes pictures without a data folder, a database, a keychain or a network. */
async function prepare(command: PrepareCommand): Promise<number> {
  const pool = createImagingPool();
  try {
    const manifest = await prepareFolder(
      { pool, clock: systemClock, signal: interruption(), tell: (line) => process.stderr.write(`lungdesk: ${line}\n`) },
      { ...command, folder: resolve(command.folder), out: resolve(command.out) },
    );
    if (command.json) printJson(manifest);
    else print(preparedLines(manifest));
    for (const line of missingLines(manifest)) process.stderr.write(`lungdesk: missing: ${line}\n`);
    return manifest.complete ? exitCodes.success : exitCodes.incomplete;
  } finally {
    await pool.close();
  }
}

/** The first Ctrl-C lets requests on their way come back; the reading is cancelled, nothing is lost. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

function tellWhatIsMissing(documents: readonly ReadingDocument[]): void {
  for (const { status, coverage, heldFor, reason } of documents) {
    if (status === 'complete') continue;
    const waiting = heldFor === undefined ? '' : `, waiting for: ${heldFor}`;
    process.stderr.write(`lungdesk: ${status}: ${whatIsMissing(coverage)}${waiting}${reason === undefined ? '' : ` (${reason})`}\n`);
  }
}

function whatIsMissing({ planned, valid, searched, unreadRanges }: ReadingDocument['coverage']): string {
  if (planned === 0) return 'no slice could be read';
  const places = unreadRanges.slice(0, mostPlaces).map(({ fromMm, toMm }) => `${fromMm.toFixed(1)} to ${toMm.toFixed(1)} mm`);
  const where = places.length === 0 ? '' : `, nobody read ${places.join(', ')}${unreadRanges.length > mostPlaces ? ', …' : ''}`;
  const unread = planned - valid - searched;
  return unread > 0 ? `${unread} of ${planned} slices were not read${where}` : `slices are missing or left out${where}; see the problems`;
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  try {
    process.exitCode = await run(parseCommand(words));
  } catch (thrown) {
    const { code, message } = problemOf(thrown);
    if (words.includes('--json')) printJson(words[0] === 'read' ? failedDocument(code, message) : { error: { code, message } });
    process.stderr.write(`lungdesk: ${code}: ${message}\n`);
    if (!(thrown instanceof AppError) && process.env['LUNGDESK_DEBUG'] === '1') process.stderr.write(`${String((thrown as Error).stack)}\n`);
    process.exitCode = code === 'usage-invalid' ? exitCodes.usage : exitCodes.incomplete;
  }
}

/** The document of a reading that could not even begin; its shape is that of every reading. */
function failedDocument(code: ReadingDocument['problems'][number]['code'], message: string): ReadingDocument {
  return {
    schema: 'lungdesk.reading/1',
    status: 'failed',
    priority: 'unknown',
    series: null,
    coverage: { planned: 0, sent: 0, answered: 0, valid: 0, refused: 0, failed: 0, outsideLungs: 0, searched: 0, unreadRanges: [] },
    lungs: null,
    plan: 'relay',
    mode: 'sweep-and-verify',
    forecast: null,
    verification: null,
    search: null,
    candidates: [],
    findings: [],
    models: [],
    cost: noCost,
    problems: [{ code, message }],
    timing: { totalMs: 0, preparingMs: 0, readingMs: 0 },
    readingId: null,
    studyInstanceUid: null,
    ignoredFiles: 0,
    unpricedAttempts: 0,
    practice: false,
    notice: 'Research use only. Not a medical device. A qualified reader decides.',
    reason: code,
  };
}

// Whatever is written is for this user alone, also in a data folder that others may enter.
process.umask(0o077);
await main();
