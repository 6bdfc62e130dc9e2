import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { findRoundStructures } from './round-structures.ts';
import type { Pass, RoundStructure } from './round-structures.ts';

/** A picture to look at. */
export interface StructureJob {
  readonly id: number;
  readonly picture: Uint8Array;
  readonly pass: Pass;
}

/** What was seen; null structures when the picture cannot be decoded. */
export interface StructureAnswer {
  readonly id: number;
  readonly columns: number;
  readonly rows: number;
  readonly structures: readonly RoundStructure[] | null;
}

const largestPixels = 4096 ** 2;

async function look(job: StructureJob): Promise<StructureAnswer> {
  try {
    const { data, info } = await sharp(job.picture, { limitInputPixels: largestPixels, failOn: 'error' })
      .flatten({ background: '#000' })
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const grey = info.channels === 1 ? new Uint8Array(data) : firstChannel(data, info.channels);
    return { id: job.id, columns: info.width, rows: info.height, structures: findRoundStructures(grey, info.width, info.height, job.pass) };
  } catch {
    // A picture nobody can decode is the sender's fault; the server answers 400.
    return { id: job.id, columns: 0, rows: 0, structures: null };
  }
}

function firstChannel(data: Uint8Array, channels: number): Uint8Array {
  return Uint8Array.from({ length: data.length / channels }, (_, at) => data[at * channels] ?? 0);
}

parentPort?.on('message', (job: StructureJob) => {
  void look(job).then((answer) => parentPort?.postMessage(answer));
});
