import { Worker } from 'node:worker_threads';
import { siblingModule } from '../../src-main/platform/sibling-module.ts';
import type { Decoding } from './decoding-worker.ts';

/** Decodes files in a worker thread, as the imaging pool does, so that neither a crash nor an endless loop ends the program. */
export interface DecodingThread {
  /** Gives 'crashed' or 'timed-out' as refusals; the next file then gets a new worker. */
  decode(path: string): Promise<Decoding>;
  end(): Promise<void>;
}

/**
 * Starts it; the worker itself starts with the first file.
 *
 * @param timeoutMs - For one file.
 */
export function startDecodingThread(timeoutMs = 20_000): DecodingThread {
  let worker: Worker | null = null;
  let answer: (decoding: Decoding) => void = ignore;

  function start(): Worker {
    const started = new Worker(siblingModule(import.meta.url, './decoding-worker'), { resourceLimits: { maxOldGenerationSizeMb: 1024 } });
    started.on('message', (decoding: Decoding) => answer(decoding));
    started.on('error', () => answer({ refusal: 'crashed' }));
    started.on('exit', () => answer({ refusal: 'crashed' }));
    return started;
  }

  async function end(): Promise<void> {
    const ended = worker;
    worker = null;
    answer = ignore;
    await ended?.terminate();
  }

  return {
    end,
    decode: async (path) => {
      worker ??= start();
      const current = worker;
      let timer: NodeJS.Timeout | undefined;
      const decoding = await new Promise<Decoding>((resolve) => {
        answer = resolve;
        timer = setTimeout(() => resolve({ refusal: 'timed-out' }), timeoutMs);
        current.postMessage(path);
      });
      clearTimeout(timer);
      if ('refusal' in decoding && (decoding.refusal === 'crashed' || decoding.refusal === 'timed-out')) await end();
      return decoding;
    },
  };
}

function ignore(): void {
  // Nobody waits for an answer.
}
