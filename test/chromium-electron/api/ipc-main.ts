import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { FromPage } from '../page/isolated-world.ts';
import { NODE_BYTES } from '../page/node-bytes.ts';
import { decodeValue, encodeValue } from '../page/wire.ts';
import type { StandinWebContents } from '../window/web-contents.ts';
import type { StandinFrame } from '../window/web-frame-main.ts';

type InvokeHandler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;
type Sent = Extract<FromPage, { kind: 'send' }>;
type Invoked = Extract<FromPage, { kind: 'invoke' }>;

/** electron's ipcMain: handlers for invoke, listeners for send. */
export class StandinIpcMain extends EventEmitter implements Pick<Electron.IpcMain, 'handle' | 'handleOnce' | 'removeHandler'> {
  readonly #handlers = new Map<string, InvokeHandler>();

  handle(channel: string, handler: InvokeHandler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof handler !== 'function') throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    this.#handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: InvokeHandler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** Delivers ipcRenderer.send. */
  receive(contents: StandinWebContents, frame: StandinFrame, message: Sent): void {
    const args = decodeValue(message.args, NODE_BYTES) as unknown[];
    const event = {
      ...origin(contents, frame),
      ports: [],
      reply: (channel: string, ...answer: unknown[]) => contents.send(channel, ...answer),
    };
    contents.emit('ipc-message', event, message.channel, ...args);
    this.emit(message.channel, event, ...args);
  }

  /** Answers ipcRenderer.invoke; only the text of an error travels back, as in Electron. */
  async answer(contents: StandinWebContents, frame: StandinFrame, message: Invoked): Promise<void> {
    const { id, channel } = message;
    try {
      const handler = this.#handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      const args = decodeValue(message.args, NODE_BYTES) as unknown[];
      const result = await handler(origin(contents, frame) as Electron.IpcMainInvokeEvent, ...args);
      contents.host.post({ kind: 'reply', id, ok: true, value: encodeValue(result, NODE_BYTES) });
    } catch (error) {
      // Electron prints this line too.
      if (!String(error).includes('No handler registered')) process.stderr.write(`Error occurred in handler for '${channel}': ${stackOf(error)}\n`);
      const text = `Error invoking remote method '${channel}': ${String(error)}`;
      contents.host.post({ kind: 'reply', id, ok: false, value: encodeValue(text, NODE_BYTES) });
    }
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function origin(contents: StandinWebContents, frame: StandinFrame): object {
  return {
    type: 'frame',
    sender: contents,
    // A frame that left before its message is handled is null in Electron too.
    get senderFrame() {
      return frame.detached || contents.isDestroyed() ? null : frame;
    },
    processId: frame.processId,
    frameId: frame.routingId,
    preventDefault: () => undefined,
    defaultPrevented: false,
  };
}

/** The one ipcMain. */
export const ipcMain = new StandinIpcMain();
