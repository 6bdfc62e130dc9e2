import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { createLadderMemory } from '../../../src-main/relay/ladder-memory.ts';
import { createLimiter } from '../../../src-main/relay/limiter.ts';
import { createNodeTransport } from '../../../src-main/relay/node-transport.ts';
import { startPracticeRelay } from '../../../src-main/relay/practice-relay/practice-relay.ts';
import type { PracticeRelayOptions } from '../../../src-main/relay/practice-relay/practice-relay.ts';
import { createStructureFinder } from '../../../src-main/relay/practice-relay/structure-finder.ts';
import type { RelayTarget, TileRequest } from '../../../src-main/relay/relay.ts';
import type { TilePicture } from '../../../src-main/relay/request-body.ts';
import { createRelaySender } from '../../../src-main/relay/sender.ts';
import type { RelaySenderDeps } from '../../../src-main/relay/sender-deps.ts';
import { systemClock } from '../../../src-main/platform/clock.ts';
import type { Clock } from '../../../src-main/platform/clock.ts';
import { phantomSlice } from '../../helpers/phantom-slice.ts';
import { memoryAttemptBook } from './memory-attempt-book.ts';

const size = 256;
const finder = createStructureFinder();

/** The machine's clock whose waits of a second and more end at once and are written down; deadlines never fire. */
export function hastyClock(): Clock & { readonly waits: readonly number[] } {
  const waits: number[] = [];
  return {
    ...systemClock,
    random: () => 0.5,
    waits,
    wait(ms, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason as Error);
      waits.push(ms);
      return Promise.resolve();
    },
  };
}

/** A clock whose waits never end unless aborted: deadlines that must not fire. */
export function endlessClock(): Pick<Clock, 'wait'> {
  return {
    wait: (_ms, signal) => new Promise((_, reject) => {
      signal?.addEventListener('abort', () => { reject(signal.reason as Error); }, { once: true });
    }),
  };
}

/** A phantom slice as a tile; odd tiles hold one bright round structure in the picture's left half. */
export async function phantomTile(number: number): Promise<TilePicture> {
  const discs = number % 2 === 1 ? [{ column: Math.round(size * 0.3), row: 128, radius: 9, grey: 236 }] : [];
  const png = await sharp(phantomSlice(size, discs), { raw: { width: size, height: size, channels: 1 } }).png().toBuffer();
  return { number, png: new Uint8Array(png), columns: size, rows: size };
}

/** A request of phantom tiles. */
export async function phantomRequest(tileCount = 2, model = 'practice-vision'): Promise<TileRequest> {
  const tiles = await Promise.all(Array.from({ length: tileCount }, (_, index) => phantomTile(index + 1)));
  return { requestId: 'request-1', readingId: 'reading-1', model, nonce: 'n0nce5ab', tiles };
}

/** A practice relay on a real socket with a sender in front of it; closed when the test ends. */
export async function relayBench(options: PracticeRelayOptions = {}, deps: Partial<RelaySenderDeps> & { readonly bookFaults?: Parameters<typeof memoryAttemptBook>[0] } = {}) {
  const relay = await startPracticeRelay({ finder, ...options });
  onTestFinished(() => relay.close());
  const clock = hastyClock();
  const book = memoryAttemptBook(deps.bookFaults);
  const limiter = createLimiter(clock, 5);
  const ladders = createLadderMemory();
  const sender = createRelaySender({ clock, book, limiter, ladders, catalogue: shippedCatalogue(), ...deps });
  const transport = createNodeTransport({ clock: endlessClock() });
  const target: RelayTarget = { name: 'practice', baseUrl: relay.baseUrl, key: relay.token, practice: options.models !== 'any', transport };
  return { relay, clock, book, limiter, ladders, sender, target };
}
