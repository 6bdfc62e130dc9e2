import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

let declarations: string | undefined;

/**
 * Lists the members Electron declares for an interface or class, read from its electron.d.ts.
 *
 * @param name - e.g. "App", "BrowserWindow".
 */
export function electronMembers(name: string): ReadonlySet<string> {
  declarations ??= readFileSync(createRequire(import.meta.url).resolve('electron/electron.d.ts'), 'utf8');
  const start = declarations.search(new RegExp(`^  (?:interface|class) ${name}\\b`, 'm'));
  if (start < 0) return new Set();
  const end = declarations.indexOf('\n  }\n', start);
  const body = declarations.slice(start, end);
  const members = body.matchAll(/^ {4}(?:static |readonly |get |set )*([A-Za-z_]\w*)\s*[?(:<]/gm);
  return new Set([...members].map((match) => match[1] ?? ''));
}

/** Lists what electron exports to the main process, read from its electron.d.ts. */
export function electronExports(): ReadonlySet<string> {
  declarations ??= readFileSync(createRequire(import.meta.url).resolve('electron/electron.d.ts'), 'utf8');
  const start = declarations.indexOf('\n  namespace Main {');
  const body = declarations.slice(start, declarations.indexOf('\n  }\n', start));
  const names = body.matchAll(/^ {4}(?:const|class|function) (\w+)/gm);
  return new Set([...names].map((match) => match[1] ?? ''));
}

/**
 * Makes reading a member which real Electron has and the stand-in has not throw by name.
 * The guard sits at the end of the object's own prototype, so that everything else (symbols, then, writes, private fields,
 * unknown names) behaves as on a plain object.
 *
 * @param label - How the object is called in the message: "app", "BrowserWindow".
 * @param declaredAs - Names of the interfaces in electron.d.ts that describe it.
 * @returns The same object.
 */
export function guard<T extends object>(target: T, label: string, ...declaredAs: readonly string[]): T {
  let members: ReadonlySet<string> | undefined;
  const parent = Object.getPrototypeOf(target) as object;
  const fence = new Proxy(parent, {
    getPrototypeOf: () => parent,
    get(object, key, receiver): unknown {
      if (typeof key !== 'string' || key in object) return Reflect.get(object, key, receiver);
      members ??= new Set(declaredAs.flatMap((name) => [...electronMembers(name)]));
      if (members.has(key)) throw notImplemented(`${label}.${key}`);
      return undefined;
    },
  });
  return Object.setPrototypeOf(target, fence) as T;
}

/** The error for a part of Electron the stand-in does not have. */
export function notImplemented(what: string): Error {
  return new Error(`chromium-electron: ${what} is not implemented`);
}

/** A stand-in for a whole missing module: any use of it throws by name. */
export function missingModule(name: string): object {
  // A function, not an arrow: it must be constructible for its trap to be asked.
  function fail(): never {
    throw notImplemented(name);
  }
  return new Proxy(fail, {
    get: (_target, key) => {
      if (typeof key === 'symbol' || key === 'then' || key === 'toJSON') return undefined;
      throw notImplemented(`${name}.${key}`);
    },
    construct: fail,
  });
}
