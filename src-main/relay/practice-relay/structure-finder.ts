import { Worker } from 'node:worker_threads';
import { siblingModule } from '../../platform/sibling-module.ts';
import type { StructureAnswer, StructureJob } from './structure-worker.ts';

/** Looks at pictures in a thread of its own, so that the program's main thread never computes on pixels. */
export interface StructureFinder {
  find(picture: Omit<StructureJob, 'id'>): Promise<StructureAnswer>;
  close(): Promise<void>;
}

/** Makes a finder; its thread starts with the first picture and again after a crash. */
export function createStructureFinder(): StructureFinder {
  let worker: Worker | null = null;
  let nextId = 1;
  const waiting = new Map<number, { readonly resolve: (answer: StructureAnswer) => void; readonly reject: (error: unknown) => void }>();
  function failAll(error: unknown): void {
    for (const job of waiting.values()) job.reject(error);
    waiting.clear();
  }
  function running(): Worker {
    if (worker !== null) return worker;
    const started = new Worker(siblingModule(import.meta.url, './structure-worker'));
    started.on('message', (answer: StructureAnswer) => {
      waiting.get(answer.id)?.resolve(answer);
      waiting.delete(answer.id);
    });
    started.on('error', failAll);
    started.on('exit', () => {
      if (worker === started) worker = null;
      failAll(new Error('the picture thread ended'));
    });
    // An idle practice relay must not keep the program alive.
    started.unref();
    worker = started;
    return started;
  }
  return {
    find(picture) {
      const job: StructureJob = { id: nextId, ...picture };
      nextId += 1;
      return new Promise((resolve, reject) => {
        waiting.set(job.id, { resolve, reject });
        running().postMessage(job);
      });
    },
    async close() {
      await worker?.terminate();
    },
  };
}
