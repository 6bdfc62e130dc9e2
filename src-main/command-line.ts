import { parseArgs } from 'node:util';
import { AppError } from '../src-shared/domain/errors.ts';

/** A command as typed, parsed once. */
export type Command =
  | { readonly name: 'help' }
  | {
      readonly name: 'read';
      readonly folder: string;
      readonly json: boolean;
      readonly model: string | null;
      readonly relay: string | null;
      readonly highPriority: boolean;
      /** The device alone reads: no relay is asked, and nothing is sent. */
      readonly deviceOnly: boolean;
      readonly home: string | null;
    }
  | {
      readonly name: 'verify-relay';
      /** Id in the settings, or a base URL; null for the one in use. */
      readonly relay: string | null;
      readonly model: string | null;
      readonly json: boolean;
      readonly home: string | null;
    }
  | { readonly name: 'doctor'; readonly json: boolean; readonly home: string | null }
  | { readonly name: 'spend'; readonly month: string | null; readonly format: 'text' | 'csv' | 'json'; readonly home: string | null }
  | { readonly name: 'history'; readonly json: boolean; readonly home: string | null }
  | PrepareCommand;

/** What is to be prepared, as typed. */
export interface PrepareCommand {
  readonly name: 'prepare';
  readonly folder: string;
  readonly out: string;
  readonly mode: (typeof prepareModes)[number];
  readonly format: (typeof prepareFormats)[number];
  readonly slabMm: number;
  readonly stepMm: number;
  readonly projection: (typeof projections)[number];
  readonly sheetPixels: number;
  readonly withUids: boolean;
  readonly overwrite: boolean;
  readonly json: boolean;
}

const prepareModes = ['slabs', 'slices', 'sheets'] as const;
const prepareFormats = ['png', 'jpeg', 'webp'] as const;
const projections = ['maximum', 'mean', 'minimum'] as const;
/** Thickness of a slab and side of a sheet that make sense. */
const lengthMm = [0.1, 200] as const;
const sheetSide = [256, 8192] as const;

/** How to call LungDesk from a shell. */
export const usage = `LungDesk reads chest CT exams. Research use only; not a medical device.

  lungdesk read <folder> [--json] [--model <name>] [--relay <base-url>] [--high-priority]
  lungdesk read <folder> --device-only [--json] [--high-priority]
      Reads the exam in a folder; ends with 0 only when it was read completely.
      --device-only lists what the device finds and measures by itself, and sends nothing: no network, no key, no cost.
      The key for --relay is taken from LUNGDESK_RELAY_KEY or the system keychain.
  lungdesk prepare <folder> --out <folder> [--mode slabs|slices|sheets] [--format png|jpeg|webp] [--json]
      Writes pictures of the lungs and a manifest that says where they lie in the patient, and nothing else.
      slabs: [--slab-mm 10] [--step-mm 5] [--projection maximum|mean|minimum]; sheets: those, and [--sheet-px 1092].
      --overwrite replaces what was prepared there before; --with-uids names the images, which identifies the exam.
  lungdesk history [--json]
      Lists what was read.
  lungdesk spend [--month YYYY-MM] [--csv | --json]
      Shows what a month cost.
  lungdesk verify-relay [--relay <id or base-url>] [--model <name>] [--json]
      Sends a drawn picture, of no patient, to a relay's model and says what the answer proves; costs one or two requests.
      Ends with 0 when the model has passed. The key for a base-url is taken from where read takes it.
  lungdesk doctor [--json]
      Says what works on this machine, and what to do about what does not.

  --home <data folder> works with every command but prepare, which needs none; the data folder is the app's own otherwise.
`;

const options = {
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
  model: { type: 'string' },
  relay: { type: 'string' },
  'high-priority': { type: 'boolean' },
  'device-only': { type: 'boolean' },
  home: { type: 'string' },
  month: { type: 'string' },
  out: { type: 'string' },
  mode: { type: 'string' },
  format: { type: 'string' },
  'slab-mm': { type: 'string' },
  'step-mm': { type: 'string' },
  projection: { type: 'string' },
  'sheet-px': { type: 'string' },
  'with-uids': { type: 'boolean' },
  overwrite: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const allowed: Readonly<Record<string, readonly string[]>> = {
  read: ['json', 'model', 'relay', 'high-priority', 'device-only', 'home'],
  doctor: ['json', 'home'],
  spend: ['month', 'csv', 'json', 'home'],
  history: ['json', 'home'],
  'verify-relay': ['relay', 'model', 'json', 'home'],
  prepare: ['out', 'mode', 'format', 'slab-mm', 'step-mm', 'projection', 'sheet-px', 'with-uids', 'overwrite', 'json'],
};

/**
 * Parses the words after `lungdesk`.
 *
 * @throws {AppError} usage-invalid, saying what cannot be understood.
 */
export function parseCommand(words: readonly string[]): Command {
  const { values, positionals } = parse(words);
  const [name, ...rest] = positionals;
  if (values.help === true || name === undefined || name === 'help') return { name: 'help' };
  const known = allowed[name];
  if (known === undefined) throw invalid(`there is no command "${name}"; try lungdesk --help`);
  for (const option of Object.keys(values)) {
    if (!known.includes(option)) throw invalid(`lungdesk ${name} has no option --${option}`);
  }
  for (const [option, value] of Object.entries(values)) if (value === '') throw invalid(`--${option} needs a value`);
  const home = values.home ?? null;
  const json = values.json ?? false;
  if (name === 'prepare') return parsePrepare(onlyFolder(name, rest), values);
  if (name === 'read') {
    const deviceOnly = values['device-only'] ?? false;
    if (deviceOnly && (values.model ?? values.relay) !== undefined) throw invalid('--device-only asks no relay: leave out --model and --relay');
    return {
      name, folder: onlyFolder(name, rest), json, home, deviceOnly, model: values.model ?? null, relay: values.relay ?? null, highPriority: values['high-priority'] ?? false,
    };
  }
  if (rest.length > 0) throw invalid(`lungdesk ${name} takes no folder`);
  if (name === 'verify-relay') return { name, relay: values.relay ?? null, model: values.model ?? null, json, home };
  if (name === 'spend') {
    const month = values.month ?? null;
    if (month !== null && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw invalid('a month is written YYYY-MM');
    if (json && values.csv === true) throw invalid('choose one of --csv and --json');
    return { name, month, home, format: json ? 'json' : values.csv === true ? 'csv' : 'text' };
  }
  return { name: name === 'doctor' ? 'doctor' : 'history', json, home };
}

function onlyFolder(name: string, [folder, ...others]: readonly string[]): string {
  if (folder === undefined || folder === '' || others.length > 0) throw invalid(`lungdesk ${name} takes one folder`);
  return folder;
}

function parsePrepare(folder: string, values: ReturnType<typeof parse>['values']): PrepareCommand {
  const { out, mode = 'slabs' } = values;
  if (out === undefined) throw invalid('lungdesk prepare needs --out and a folder to write to');
  const chosen = oneOf('--mode', mode, prepareModes);
  for (const option of ['slab-mm', 'step-mm', 'projection'] as const) {
    if (chosen === 'slices' && values[option] !== undefined) throw invalid(`--${option} is for slabs and sheets`);
  }
  if (chosen !== 'sheets' && values['sheet-px'] !== undefined) throw invalid('--sheet-px is for sheets');
  const slabMm = numberIn('--slab-mm', values['slab-mm'] ?? '10', lengthMm);
  const stepMm = numberIn('--step-mm', values['step-mm'] ?? String(slabMm / 2), lengthMm);
  if (stepMm > slabMm) throw invalid('--step-mm above --slab-mm would leave out what lies between the slabs');
  return {
    name: 'prepare', folder, out, mode: chosen, slabMm, stepMm,
    format: oneOf('--format', values.format ?? 'png', prepareFormats),
    projection: oneOf('--projection', values.projection ?? 'maximum', projections),
    sheetPixels: Math.floor(numberIn('--sheet-px', values['sheet-px'] ?? '1092', sheetSide)),
    withUids: values['with-uids'] ?? false, overwrite: values.overwrite ?? false, json: values.json ?? false,
  };
}

function oneOf<Choice extends string>(option: string, value: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw invalid(`${option} is one of ${choices.join(', ')}`);
  return choice;
}

function numberIn(option: string, value: string, [least, most]: readonly [number, number]): number {
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : NaN;
  if (!(number >= least && number <= most)) throw invalid(`${option} is a number from ${least} to ${most}`);
  return number;
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (thrown) {
    throw invalid(thrown instanceof Error ? (thrown.message.split('. ')[0] ?? '') : 'the command cannot be understood');
  }
}

function invalid(message: string): AppError {
  return new AppError('usage-invalid', message);
}
