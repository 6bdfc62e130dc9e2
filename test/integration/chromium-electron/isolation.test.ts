import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HAS_CHROMIUM, launchDesk, type Launched } from './standin.ts';

type Desk = {
  version: number; nested: { list: [number, { deep: string }] }; add(left: number, right: number): number; refuse(): void; isClean(): boolean;
  invoke(channel: string, ...args: unknown[]): Promise<unknown>; describe(): object; subscribe(listener: () => void): () => void;
};
declare const desk: Desk;

describe.skipIf(!HAS_CHROMIUM)('the preload and the page', () => {
  let app: Launched;
  beforeAll(async () => {
    app = await launchDesk();
  });
  afterAll(() => app.electron.close());

  it('the page sees the bridge and nothing else', async () => {
    expect(await app.page.evaluate(() => (globalThis as unknown as { seen: object }).seen)).toEqual({ require: 'undefined', process: 'undefined', ipc: 'undefined', toNode: 0, desk: 'object' });
  });

  it('exposes values, synchronous functions and errors by copy, frozen', async () => {
    const got = await app.page.evaluate(() => {
      let message = '';
      try { desk.refuse(); } catch (error) { message = error instanceof Error ? error.message : 'not of this world'; }
      const isReplaced = Reflect.set(globalThis, 'desk', 1);
      return { version: desk.version, deep: desk.nested.list[1].deep, isMine: desk.nested.list instanceof Array, sum: desk.add(2, 3), message, frozen: Object.isFrozen(desk) && Object.isFrozen(desk.nested.list[1]), isReplaced };
    });
    expect(got).toEqual({ version: 7, deep: 'yes', isMine: true, sum: 5, message: 'refused here', frozen: true, isReplaced: false });
  });

  it('gives the preload a sandboxed renderer', async () => {
    expect(await app.page.evaluate(() => desk.describe())).toEqual({ type: 'renderer', hasNode: false, sandboxed: true });
  });

  it('neither breaks nor leaks when the page replaces every built-in it can', async () => {
    const got = await app.page.evaluate(async () => {
      const caught: string[] = [];
      const undo: (() => void)[] = [];
      const { defineProperty, getOwnPropertyDescriptor } = Object;
      const { deleteProperty } = Reflect;
      const prototypes: readonly (readonly [object, readonly PropertyKey[]])[] = [
        [JSON, ['stringify', 'parse']],
        [Array.prototype, ['map', 'forEach', 'push', 'slice', 'find', Symbol.iterator]],
        [Map.prototype, ['get', 'set', 'has', 'delete']],
        [WeakMap.prototype, ['get', 'set']],
        [EventTarget.prototype, ['dispatchEvent', 'addEventListener']],
        [CustomEvent.prototype, ['detail']],
        [Function.prototype, ['call', 'apply', 'bind']],
        [Reflect, ['apply', 'ownKeys', 'defineProperty', 'getPrototypeOf']],
        [Object, ['keys', 'freeze', 'defineProperty', 'getOwnPropertyDescriptor']],
        [Object.prototype, ['tree', 'handles', 'path', 'detail', 'kind', 'value']],
        [globalThis, ['CustomEvent', 'Map', 'WeakMap', 'Reflect', 'structuredClone', 'fetch', 'JSON']],
      ];
      let result: unknown;
      const { desk: bridge } = globalThis as unknown as { desk: Desk };
      for (let row = 0; row < prototypes.length; row += 1) {
        const owner = prototypes[row]![0];
        const names = prototypes[row]![1];
        for (let at = 0; at < names.length; at += 1) trap(owner, names[at]!);
      }
      try {
        const sum = bridge.add(20, 22);
        const isClean = bridge.isClean();
        const stop = typeof bridge.subscribe(() => undefined);
        result = [sum, isClean, stop, await bridge.invoke('echo', { list: [1, { two: 2 }] })];
      } catch (error) {
        result = (error as Error).message;
      }
      for (let at = undo.length - 1; at >= 0; at -= 1) undo[at]!();
      return { result, caught };

      function trap(owner: object, name: PropertyKey): void {
        const before = getOwnPropertyDescriptor(owner, name);
        undo[undo.length] = () => (before === undefined ? deleteProperty(owner, name) : defineProperty(owner, name, before));
        const isAccessor = before === undefined || before.get !== undefined;
        defineProperty(owner, name, isAccessor ? { get: spring, set: spring, configurable: true } : { value: spring, configurable: true, writable: true });

        function spring(): never {
          caught[caught.length] = `${owner.constructor.name}.${String(name)}`;
          throw new Error('trapped');
        }
      }
    });
    expect(got).toEqual({ result: [42, true, 'function', { list: [1, { two: 2 }] }], caught: [] });
  });

  it('does not run in a frame the page makes', async () => {
    const inFrame = await app.page.evaluate(() => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      const inner = frame.contentWindow as unknown as Record<string, unknown>;
      return { desk: typeof inner['desk'], names: Object.getOwnPropertyNames(inner).filter((name) => /toNode|fromNode/.test(name)) };
    });
    expect(inFrame).toEqual({ desk: 'undefined', names: [] });
  });
});
