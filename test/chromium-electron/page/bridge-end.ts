/* eslint-disable @typescript-eslint/unbound-method -- captured before the page can replace them, and called with Reflect.apply only */
/*
 * One end of the synchronous bridge between the preload's world and the page's world: messages are CustomEvents on a
 * detached element that only the two ends hold. Chromium clones `detail` between worlds. Injected into both worlds.
 */
import { makeBridgeValues, type Crossing, type Handle } from './bridge-values.ts';

type Message =
  | { readonly kind: 'call'; readonly id: number; readonly args: Crossing }
  | { readonly kind: 'answer'; readonly ok: boolean; readonly value: Crossing }
  | { readonly kind: 'settled'; readonly id: number; readonly ok: boolean; readonly value: Crossing }
  | { readonly kind: 'expose'; readonly name: string; readonly value: Crossing };

/** One end of the bridge. */
export interface BridgeEnd {
  /** Sets a value of this world on the other world's global object. */
  expose(name: string, value: unknown): void;
}

/**
 * Connects this world to the private element.
 *
 * @param channel - The detached element both worlds hold.
 * @param side - Which of the two ends this is; an end listens to the other's events only.
 * @param onExpose - Called when the other world exposes a value here.
 */
export function makeBridgeEnd(channel: EventTarget, side: 'page' | 'preload', onExpose: (name: string, value: unknown) => void): BridgeEnd {
  const { apply, getPrototypeOf, defineProperty } = Reflect;
  const SafeEvent = CustomEvent;
  const SafePromise = Promise;
  const SafeError = Error;
  const then = Promise.prototype.then;
  const dispatchEvent = EventTarget.prototype.dispatchEvent;
  const readDetail = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')?.get as () => unknown;
  const SafeMap = Map;
  const { get, set, delete: remove } = Map.prototype;
  const WeakIds = new WeakMap<object, number>();
  const { get: weakGet, set: weakSet } = WeakMap.prototype;
  const owned = new SafeMap<number, object>();
  const settlers = new SafeMap<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  const adopted = new SafeMap<number, unknown>();
  const theirs = side === 'page' ? 'preload' : 'page';
  let lastId = 0;
  let answer: Extract<Message, { kind: 'answer' }> | undefined;
  const values = makeBridgeValues(own, adopt);

  channel.addEventListener(theirs, (event) => receive(apply(readDetail, event, []) as Message | null));
  return {
    expose: (name, value) => {
      send({ kind: 'expose', name, value: values.pack(value) });
    },
  };

  function send(message: Message): void {
    apply(dispatchEvent, channel, [new SafeEvent(side, { __proto__: null, detail: message } as CustomEventInit)]);
  }

  function own(value: object, kind: Handle['kind']): Handle {
    const known = apply(weakGet, WeakIds, [value]) as number | undefined;
    if (known !== undefined) return { kind, id: known };
    lastId += 1;
    const id = lastId;
    apply(weakSet, WeakIds, [value, id]);
    apply(set, owned, [id, value]);
    if (kind === 'promise') {
      void apply(then, value as Promise<unknown>, [(result: unknown) => settle(id, true, result), (reason: unknown) => settle(id, false, reason)]);
    }
    return { kind, id };
  }

  function settle(id: number, ok: boolean, result: unknown): void {
    apply(remove, owned, [id]);
    send({ kind: 'settled', id, ok, value: packOrFail(result) });
  }

  function packOrFail(value: unknown): Crossing {
    try {
      return values.pack(value);
    } catch (error) {
      return values.pack(error);
    }
  }

  function adopt(handle: Handle): unknown {
    if (handle.kind === 'promise') {
      return new SafePromise((resolve, reject) => {
        apply(set, settlers, [handle.id, { __proto__: null, resolve, reject }]);
      });
    }
    const known = apply(get, adopted, [handle.id]);
    if (known !== undefined) return known;
    apply(set, adopted, [handle.id, stub]);
    return stub;

    function stub(...args: unknown[]): unknown {
      return call(handle.id, args);
    }
  }

  function call(id: number, args: unknown[]): unknown {
    const before = answer;
    answer = undefined;
    send({ kind: 'call', id, args: values.pack(args) });
    const got = answer as Extract<Message, { kind: 'answer' }> | undefined;
    answer = before;
    if (got === undefined) throw new SafeError('An object could not be cloned.');
    const value = values.unpack(got.value);
    if (got.ok) return value;
    throw value;
  }

  function receive(message: Message | null): void {
    if (message === null) return;
    if (message.kind === 'expose') onExpose(message.name, values.unpack(message.value));
    else if (message.kind === 'answer') answer = message;
    else if (message.kind === 'settled') {
      const settler = apply(get, settlers, [message.id]) as { resolve(value: unknown): void; reject(error: unknown): void } | undefined;
      apply(remove, settlers, [message.id]);
      const value = values.unpack(message.value);
      if (message.ok) settler?.resolve(value);
      else settler?.reject(value);
    } else answerCall(message);
  }

  function answerCall(message: Extract<Message, { kind: 'call' }>): void {
    const target = apply(get, owned, [message.id]) as ((...args: unknown[]) => unknown) | undefined;
    let ok = true;
    let value: Crossing;
    try {
      if (typeof target !== 'function') throw new SafeError('Cannot call a function on missing remote object');
      value = values.pack(apply(target, undefined, values.unpack(message.args) as unknown[]));
    } catch (error) {
      ok = false;
      value = packOrFail(plainError(error));
    }
    send({ kind: 'answer', ok, value });
  }

  /** An error of one world must not carry its prototype (a way back into that world), only its text. */
  function plainError(error: unknown): unknown {
    if (typeof error !== 'object' || error === null || getPrototypeOf(error) === null) return error;
    const made = new SafeError('');
    defineProperty(made, 'message', { value: (error as Error).message, configurable: true, writable: true });
    return made;
  }
}
