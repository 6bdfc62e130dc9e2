/* eslint-disable @typescript-eslint/unbound-method -- captured before the page can replace them, and called with Reflect.apply only */
/*
 * Values that cross between the preload's world and the page's world. Injected into both worlds, so it imports nothing.
 * In the page's world the page may later replace any global or prototype: everything used after start-up is captured first.
 */

/** A function or promise of the other world, as it travels. */
export type Handle = { readonly kind: 'function' | 'promise'; readonly id: number };

/** What travels: a cloneable tree, and the places in it that hold handles. */
export interface Crossing {
  readonly tree: unknown;
  readonly handles: readonly { readonly path: readonly string[]; readonly handle: Handle }[];
}

/** Packs and unpacks values for one world. */
export interface BridgeValues {
  pack(value: unknown): Crossing;
  unpack(crossing: Crossing): unknown;
}

/**
 * Captures the built-ins of this world and returns its packer.
 *
 * @param own - Registers a local function or promise and returns its handle.
 * @param adopt - Makes a local function or promise for a handle of the other world.
 */
export function makeBridgeValues(own: (value: object, kind: Handle['kind']) => Handle, adopt: (handle: Handle) => unknown): BridgeValues {
  const { apply, getPrototypeOf, ownKeys, getOwnPropertyDescriptor, defineProperty } = Reflect;
  const { isArray } = Array;
  const { isView } = ArrayBuffer;
  const ObjectPrototype = Object.prototype;
  const PromisePrototype = Promise.prototype;
  const SafeError = Error;
  const clone = structuredClone;
  const SafeMap = Map;
  const { get: mapGet, set: mapSet } = Map.prototype;
  const deepest = 1000;

  return { pack, unpack };

  function pack(value: unknown): Crossing {
    const handles: { path: string[]; handle: Handle }[] = [];
    const seen = new SafeMap<object, object>();
    let count = 0;
    const tree = walk(value, [], 0);
    return { tree, handles };

    function note(path: string[], handle: Handle): undefined {
      defineProperty(handles, count, { value: { path, handle }, enumerable: true, configurable: true, writable: true });
      count += 1;
    }

    function walk(item: unknown, path: string[], depth: number): unknown {
      if (depth > deepest) throw new SafeError('Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.');
      if (typeof item === 'symbol') throw new SafeError('An object could not be cloned.');
      if (typeof item === 'function') return note(path, own(item, 'function'));
      if (typeof item !== 'object' || item === null) return item;
      const prototype = getPrototypeOf(item);
      if (prototype === PromisePrototype) return note(path, own(item, 'promise'));
      if (!isArray(item) && prototype !== ObjectPrototype && prototype !== null) {
        if (!isView(item)) clone(item);
        return item;
      }
      const earlier = apply(mapGet, seen, [item]) as object | undefined;
      if (earlier !== undefined) return earlier;
      const copy: object = isArray(item) ? [] : { __proto__: null };
      apply(mapSet, seen, [item, copy]);
      const keys = ownKeys(item);
      for (let index = 0; index < keys.length; index += 1) {
        const key = keys[index];
        if (typeof key !== 'string' || getOwnPropertyDescriptor(item, key)?.enumerable !== true) continue;
        const inner: string[] = [];
        for (let at = 0; at < path.length; at += 1) place(inner, at, path[at]);
        place(inner, path.length, key);
        place(copy, key, walk((item as Record<string, unknown>)[key], inner, depth + 1));
      }
      return copy;
    }
  }

  function unpack(crossing: Crossing): unknown {
    let root: unknown = crossing.tree;
    for (let index = 0; index < crossing.handles.length; index += 1) {
      const entry = crossing.handles[index];
      if (entry === undefined) continue;
      const value = adopt(entry.handle);
      if (entry.path.length === 0) root = value;
      else {
        let parent = root as Record<string, unknown>;
        for (let at = 0; at < entry.path.length - 1; at += 1) parent = parent[entry.path[at] ?? ''] as Record<string, unknown>;
        place(parent, entry.path[entry.path.length - 1] ?? '', value);
      }
    }
    return root;
  }

  function place(target: object, key: string | number, value: unknown): void {
    defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  }
}
