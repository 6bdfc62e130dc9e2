import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NODE_BYTES } from '../../chromium-electron/page/node-bytes.ts';
import { decodeValue, encodeValue } from '../../chromium-electron/page/wire.ts';

describe('encodeValue and decodeValue', () => {
  const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withSparseArray: true, withBoxedValues: true, withNullPrototype: false });

  it('give back what structuredClone gives', () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(decodeValue(encodeValue(value, NODE_BYTES), NODE_BYTES)).toEqual(structuredClone(value));
      }),
      { numRuns: 500 },
    );
  });

  it('keep one object one object', () => {
    const shared = { a: 1 };
    const [left, right] = decodeValue(encodeValue([shared, shared], NODE_BYTES), NODE_BYTES) as [object, object];
    expect(left).toBe(right);
  });

  it('keep a __proto__ key a key', () => {
    const got = decodeValue(encodeValue(JSON.parse('{"__proto__": {"polluted": true}}'), NODE_BYTES), NODE_BYTES) as object;
    expect(Object.keys(got)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(got)).toBe(Object.prototype);
  });

  it.each([['a function', () => 1], ['a symbol', Symbol('s')], ['a promise', Promise.resolve()], ['a weak map', new WeakMap()]])('refuse %s', (_name, value) => {
    expect(() => encodeValue({ value }, NODE_BYTES)).toThrow('An object could not be cloned.');
  });
});
