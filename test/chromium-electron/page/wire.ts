/*
 * Structured clone as JSON text, for values that cross between Node and the preload's world.
 * Runs in both: page-scripts.ts injects this file (types stripped) into Chromium, so it imports nothing.
 */

/** How bytes become text: Buffer in Node, Uint8Array.toBase64 in Chromium. */
export interface BytesAsText {
  encode(bytes: Uint8Array): string;
  decode(text: string): Uint8Array<ArrayBuffer>;
}

type Tagged = readonly [tag: string, ...rest: readonly unknown[]];
type Coded = string | number | boolean | null | Tagged;

function cannotClone(): Error {
  return new Error('An object could not be cloned.');
}

/**
 * Encodes a value by the rules of structured clone: cycles, Map, Set, Date, BigInt, typed arrays, Error and undefined survive.
 * A typed array travels as its own bytes (not the whole buffer behind it); Buffer becomes Uint8Array.
 *
 * @throws {Error} "An object could not be cloned." for functions, symbols and platform objects.
 */
export function encodeValue(value: unknown, bytes: BytesAsText): string {
  const seen = new Map<object, number>();
  return JSON.stringify(code(value));

  function code(item: unknown): Coded {
    switch (typeof item) {
      case 'string':
      case 'boolean':
        return item;
      case 'number':
        return Number.isFinite(item) && !Object.is(item, -0) ? item : ['n', Object.is(item, -0) ? '-0' : String(item)];
      case 'undefined':
        return ['u'];
      case 'bigint':
        return ['i', String(item)];
      case 'object':
        return item === null ? null : codeObject(item);
      default:
        throw cannotClone();
    }
  }

  function codeObject(item: object): Tagged {
    const earlier = seen.get(item);
    if (earlier !== undefined) return ['#', earlier];
    seen.set(item, seen.size);
    if (Array.isArray(item)) return ['a', Array.from({ length: item.length }, (_, index) => (index in item ? code(item[index]) : ['h']))];
    if (item instanceof Date) return ['d', code(item.getTime())];
    if (item instanceof RegExp) return ['r', item.source, item.flags];
    if (item instanceof Map) return ['m', Array.from(item, ([key, entry]) => [code(key), code(entry)])];
    if (item instanceof Set) return ['s', Array.from(item, code)];
    if (item instanceof Error) return ['e', item.name, item.message, item.stack ?? ''];
    if (item instanceof ArrayBuffer) return ['B', bytes.encode(new Uint8Array(item))];
    if (ArrayBuffer.isView(item)) {
      return ['v', viewName(item), bytes.encode(new Uint8Array(item.buffer as ArrayBuffer, item.byteOffset, item.byteLength))];
    }
    if (item instanceof Boolean || item instanceof Number || item instanceof String) return ['p', code(item.valueOf())];
    if (!isRecord(item)) throw cannotClone();
    return ['o', Object.keys(item).map((key) => [key, code((item as Record<string, unknown>)[key])])];
  }

  function viewName(view: ArrayBufferView): string {
    if (view instanceof DataView) return 'DataView';
    // A subclass (Node's Buffer) arrives as the typed array it extends.
    const name: unknown = Reflect.get(Object.getPrototypeOf(Uint8Array.prototype) as object, Symbol.toStringTag, view);
    return String(name);
  }

  function isRecord(item: object): boolean {
    if (Object.prototype.toString.call(item) === '[object Object]') return true;
    try {
      structuredClone(item);
      return true;
    } catch {
      return false;
    }
  }
}

/** Decodes what {@link encodeValue} wrote, into objects of this realm. */
export function decodeValue(text: string, bytes: BytesAsText): unknown {
  const seen: unknown[] = [];
  return read(JSON.parse(text) as Coded);

  function keep<T>(item: T): T {
    seen.push(item);
    return item;
  }

  function read(item: Coded): unknown {
    if (!Array.isArray(item)) return item;
    const [tag, first, second, third] = item as unknown as [string, never, never, never];
    switch (tag) {
      case 'u':
        return undefined;
      case 'n':
        return Number(first);
      case 'i':
        return BigInt(first);
      case '#':
        return seen[first as number];
      case 'd':
        return keep(new Date(read(first) as number));
      case 'r':
        return keep(new RegExp(first, second));
      case 'B':
        return keep(bytes.decode(first).buffer);
      case 'v':
        return keep(view(first, bytes.decode(second)));
      case 'p':
        return keep(Object(read(first)) as object);
      case 'e':
        return keep(error(first, second, third));
      default:
        return readContainer(tag, first);
    }
  }

  function readContainer(tag: string, entries: readonly Coded[]): unknown {
    if (tag === 'a') {
      const list = keep(new Array<unknown>(entries.length));
      entries.forEach((entry, index) => {
        if (!(Array.isArray(entry) && entry[0] === 'h')) list[index] = read(entry);
      });
      return list;
    }
    const pairs = entries as unknown as readonly (readonly [Coded, Coded])[];
    if (tag === 'm') {
      const map = keep(new Map<unknown, unknown>());
      for (const [key, entry] of pairs) map.set(read(key), read(entry));
      return map;
    }
    if (tag === 's') {
      const set = keep(new Set<unknown>());
      for (const entry of entries) set.add(read(entry));
      return set;
    }
    const record = keep({});
    // defineProperty, not assignment: an own key named __proto__ must stay a key.
    for (const [key, entry] of pairs) {
      Object.defineProperty(record, key as string, { value: read(entry), enumerable: true, configurable: true, writable: true });
    }
    return record;
  }

  function view(name: string, content: Uint8Array<ArrayBuffer>): ArrayBufferView {
    const View = (globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => ArrayBufferView>)[name];
    if (View === undefined) throw cannotClone();
    return new View(content.buffer);
  }

  function error(name: string, message: string, stack: string): Error {
    const known = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError } as Record<string, ErrorConstructor>;
    const made = new (known[name] ?? Error)(message);
    Object.defineProperty(made, 'stack', { value: stack, configurable: true, writable: true });
    return made;
  }
}
