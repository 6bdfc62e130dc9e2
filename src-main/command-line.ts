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
      readonly home: string | null;
    }
  | { readonly name: 'doctor'; readonly json: boolean; readonly home: string | null }
  | { readonly name: 'spend'; readonly month: string | null; readonly format: 'text' | 'csv' | 'json'; readonly home: string | null }
  | { readonly name: 'history'; readonly json: boolean; readonly home: string | null };

/** How to call LungDesk from a shell. */
export const usage = `LungDesk reads chest CT exams. Research use only; not a medical device.

  lungdesk read <folder> [--json] [--model <name>] [--relay <base-url>] [--high-priority]
      Reads the exam in a folder; ends with 0 only when it was read completely.
      The key for --relay is taken from LUNGDESK_RELAY_KEY or the system keychain.
  lungdesk history [--json]
      Lists what was read.
  lungdesk spend [--month YYYY-MM] [--csv | --json]
      Shows what a month cost.
  lungdesk doctor [--json]
      Says what works on this machine, and what to do about what does not.

  --home <data folder> works with every command; the data folder is the app's own otherwise.
`;

const options = {
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
  model: { type: 'string' },
  relay: { type: 'string' },
  'high-priority': { type: 'boolean' },
  home: { type: 'string' },
  month: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const allowed: Readonly<Record<string, readonly string[]>> = {
  read: ['json', 'model', 'relay', 'high-priority', 'home'],
  doctor: ['json', 'home'],
  spend: ['month', 'csv', 'json', 'home'],
  history: ['json', 'home'],
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
  if (name === 'read') {
    const [folder] = rest;
    if (folder === undefined || folder === '' || rest.length > 1) throw invalid('lungdesk read takes one folder');
    return {
      name, folder, json, home, model: values.model ?? null, relay: values.relay ?? null, highPriority: values['high-priority'] ?? false,
    };
  }
  if (rest.length > 0) throw invalid(`lungdesk ${name} takes no folder`);
  if (name === 'spend') {
    const month = values.month ?? null;
    if (month !== null && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw invalid('a month is written YYYY-MM');
    if (json && values.csv === true) throw invalid('choose one of --csv and --json');
    return { name, month, home, format: json ? 'json' : values.csv === true ? 'csv' : 'text' };
  }
  return { name: name === 'doctor' ? 'doctor' : 'history', json, home };
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
