/** Electron's command line, taken apart as its default app does. */
export interface ElectronArguments {
  /** The app's folder or entry file; undefined when none was given. */
  readonly appPath: string | undefined;
  /** Files named by -r / --require, in order. */
  readonly requires: readonly string[];
  /** `--name` and `--name=value` before or after the app path; a bare switch has the value ''. */
  readonly switches: ReadonlyMap<string, string>;
  /** Host and port of --inspect / --inspect-brk, when present. */
  readonly inspect: { readonly host: string; readonly port: number; readonly waits: boolean } | undefined;
}

/**
 * Parses the arguments after the executable.
 *
 * @see electron default_app/main.ts: everything up to the first word without a dash belongs to Electron.
 */
export function parseArguments(args: readonly string[]): ElectronArguments {
  const requires: string[] = [];
  const switches = new Map<string, string>();
  let appPath: string | undefined;
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? '';
    if (word === '--') break;
    const isRequire = appPath === undefined && (word === '-r' || word === '--require');
    if (isRequire) {
      index += 1;
      requires.push(args[index] ?? '');
    } else if (word.startsWith('--')) {
      const [, name = '', value = ''] = /^--([^=]*)=?(.*)$/s.exec(word) ?? [];
      switches.set(name, value);
    } else if (!word.startsWith('-')) {
      appPath ??= word;
    }
  }
  return { appPath, requires, switches, inspect: inspectTarget(switches) };
}

function inspectTarget(switches: ReadonlyMap<string, string>): ElectronArguments['inspect'] {
  const waits = switches.has('inspect-brk');
  const value = switches.get('inspect-brk') ?? switches.get('inspect');
  if (value === undefined) return undefined;
  const [, host = '127.0.0.1', port = '9229'] = /^(?:(.+):)?(\d+)?$/.exec(value) ?? [];
  return { host, port: Number(port), waits };
}
