import { createHash } from 'node:crypto';
import type { Slice } from '../../src-shared/domain/study.ts';
import { machineMemoryBytes } from '../platform/memory.ts';
import { buildVolume, volumeBytes } from './build-volume.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import type { ImagingPool } from './imaging-pool.ts';

/** Keeps the volumes of recent series in memory, within a bound, and builds each once for all who ask. */
export interface VolumeStore {
  /**
   * Runs work with the volume of a series, which stays in memory at least as long.
   *
   * Where the bound leaves no room, it waits until others are done with theirs; work must therefore never ask for another volume.
   *
   * @param slices - As buildVolume takes them.
   * @param work - Must not keep the volume beyond its end.
   * @returns What work gives. Rejects as buildVolume does, or with the signal's reason.
   */
  use<Result>(slices: readonly Slice[], work: (volume: CtVolume) => Promise<Result> | Result, options?: UseOptions): Promise<Result>;
  /** The volume under a key of volumeKey when it is in memory, for use at once; null otherwise. */
  find(key: string): CtVolume | null;
  /** Drops every volume that nobody uses. */
  release(): void;
  /** Memory of all volumes that are there or under way, in bytes. */
  heldBytes(): number;
}

/** How a volume is asked for. */
export interface UseOptions {
  /** Whoever asked goes away; a build that nobody waits for is called off. */
  readonly signal?: AbortSignal;
  /** Told how many slices have been decoded so far. */
  readonly onSlice?: (done: number) => void;
}

/** What a volume store works with. */
export interface VolumeStoreParts {
  readonly pool: Pick<ImagingPool, 'run' | 'collect'>;
  /** Bound of all volumes together, in bytes; a single larger one is held alone. Default: a quarter of the memory. */
  readonly maxBytes?: number;
  /** Largest volume that is built at all, in bytes; default: half of the memory. */
  readonly largestBytes?: number;
}

interface Entry {
  readonly key: string;
  readonly volume: Promise<CtVolume>;
  readonly callOff: AbortController;
  readonly listeners: Set<(done: number) => void>;
  /** Null while it is under way. */
  built: CtVolume | null;
  /** 0 until it has its room. */
  bytes: number;
  users: number;
}

/** Opens the store; it is empty. */
export function createVolumeStore({ pool, ...bounds }: VolumeStoreParts): VolumeStore {
  const maxBytes = bounds.maxBytes ?? machineMemoryBytes() / 4;
  const largestBytes = bounds.largestBytes ?? machineMemoryBytes() / 2;
  /** Least recently used first. */
  const entries = new Map<string, Entry>();
  let heldBytes = 0;
  let freed = Promise.withResolvers<undefined>();

  function begin(key: string, slices: readonly Slice[]): Entry {
    const callOff = new AbortController();
    const listeners = new Set<(done: number) => void>();
    async function build(): Promise<CtVolume> {
      // A volume that is too large waits for no room: it is refused when it is built.
      const bytes = volumeBytes(slices);
      if (bytes <= largestBytes) await takeRoom(entry, bytes);
      try {
        entry.built = await buildVolume(pool, slices, {
          signal: callOff.signal,
          maxBytes: largestBytes,
          onSlice: (done) => { for (const listener of listeners) listener(done); },
        });
        return entry.built;
      } catch (thrown) {
        drop(entry);
        throw thrown;
      }
    }
    // Begun a turn later, when the entry is complete.
    const volume = Promise.resolve().then(build);
    const entry: Entry = { key, volume, callOff, listeners, built: null, bytes: 0, users: 0 };
    // Whoever waits hears of it; when all have gone, nobody does.
    volume.catch(() => undefined);
    entries.set(key, entry);
    return entry;
  }

  async function takeRoom(wanting: Entry, bytes: number): Promise<void> {
    const { signal } = wanting.callOff;
    for (;;) {
      signal.throwIfAborted();
      const idle = [...entries.values()].filter((entry) => entry.users === 0);
      for (const entry of idle) if (heldBytes + bytes > maxBytes) drop(entry);
      if (heldBytes + bytes <= maxBytes || heldBytes === 0) {
        wanting.bytes = bytes;
        heldBytes += bytes;
        return;
      }
      await unlessAborted(freed.promise, signal);
    }
  }

  function drop(entry: Entry): void {
    if (entries.get(entry.key) === entry) entries.delete(entry.key);
    if (entry.bytes === 0) return;
    heldBytes -= entry.bytes;
    entry.bytes = 0;
    // When those who called this have let go of the volume too.
    setImmediate(() => pool.collect());
    tellFreed();
  }

  function tellFreed(): void {
    freed.resolve(undefined);
    freed = Promise.withResolvers();
  }

  function leave(entry: Entry): void {
    entry.users -= 1;
    if (entry.users > 0) return;
    if (entry.built === null) {
      entry.callOff.abort(new DOMException('nobody waits for the volume', 'AbortError'));
      if (entries.get(entry.key) === entry) entries.delete(entry.key);
    } else if (entry.built.slices.some(({ problem }) => problem !== null)) {
      // What could not be decoded may be readable the next time.
      drop(entry);
    }
    tellFreed();
  }

  function touch(entry: Entry): void {
    entries.delete(entry.key);
    entries.set(entry.key, entry);
  }

  return {
    async use(slices, work, { signal, onSlice } = {}) {
      signal?.throwIfAborted();
      const key = volumeKey(slices);
      const entry = entries.get(key) ?? begin(key, slices);
      touch(entry);
      entry.users += 1;
      if (onSlice !== undefined) entry.listeners.add(onSlice);
      try {
        return await work(await unlessAborted(entry.volume, signal));
      } finally {
        if (onSlice !== undefined) entry.listeners.delete(onSlice);
        leave(entry);
      }
    },
    find(key) {
      const entry = entries.get(key);
      if (entry === undefined || entry.built === null) return null;
      touch(entry);
      return entry.built;
    },
    release() {
      for (const entry of [...entries.values()]) if (entry.users === 0) drop(entry);
    },
    heldBytes: () => heldBytes,
  };
}

/**
 * Name of a series' content: the same slices in the same places with the same pixels, wherever their files lie.
 *
 * @param slices - From feet to head.
 * @returns SHA-256, hex.
 */
export function volumeKey(slices: readonly Slice[]): string {
  const hash = createHash('sha256');
  for (const { sopInstanceUid, frameNumber, pixelSha256, header } of slices) {
    hash.update(JSON.stringify([
      header.seriesInstanceUid, sopInstanceUid, frameNumber, pixelSha256, header.imagePositionPatient, header.imageOrientationPatient,
      header.pixelSpacing, header.rescaleSlope, header.rescaleIntercept,
    ]));
  }
  return hash.digest('hex');
}

/** The promise, or a rejection with the signal's reason as soon as it is aborted. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => { reject(signal.reason as Error); };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => { signal.removeEventListener('abort', abort); });
  });
}
