import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import type { RequestPurpose } from '../../../src-shared/domain/request-plan.ts';
import { findCentralStructure } from './central-structure.ts';
import type { PictureLabel } from './read-prompt.ts';
import { findRoundStructures } from './round-structures.ts';
import type { Pass, RoundStructure } from './round-structures.ts';
import { tilesOfSheet } from './sheet-tiles.ts';
import type { GreyImage } from './sheet-tiles.ts';

/** A picture to look at. */
export interface StructureJob {
  readonly id: number;
  readonly picture: Uint8Array;
  readonly label: PictureLabel;
  readonly purpose: RequestPurpose;
  readonly pass: Pass;
}

/** What was seen. */
export interface StructureAnswer {
  readonly id: number;
  readonly columns: number;
  readonly rows: number;
  readonly decoded: boolean;
  /** By tile, in reading order; null where the picture is not laid out as its label says. */
  readonly tiles: readonly (readonly RoundStructure[])[] | null;
}

const largestPixels = 4096 ** 2;
/** Width of the patient that a tile is taken to show: both lungs, one lung. */
const fieldMm = { slices: 300, sweep: 130, image: 300 } as const;

async function look({ id, picture, label, purpose, pass }: StructureJob): Promise<StructureAnswer> {
  try {
    const sheet = await greyOf(picture);
    const tiles = tilesOfSheet(sheet, label)?.map((tile) => structuresIn(tile, purpose, pass)) ?? null;
    return { id, columns: sheet.columns, rows: sheet.rows, decoded: true, tiles };
  } catch {
    // A picture nobody can decode is the sender's fault; the server answers 400.
    return { id, columns: 0, rows: 0, decoded: false, tiles: null };
  }
}

function structuresIn(tile: GreyImage, purpose: RequestPurpose, pass: Pass): readonly RoundStructure[] {
  if (purpose !== 'verify') return findRoundStructures(tile.grey, tile.columns, tile.rows, pass, fieldMm[purpose]);
  const found = findCentralStructure(tile, pass);
  return found === null ? [] : [found];
}

async function greyOf(picture: Uint8Array): Promise<GreyImage> {
  const { data, info } = await sharp(picture, { limitInputPixels: largestPixels, failOn: 'error' })
    .flatten({ background: '#000' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const grey = info.channels === 1 ? new Uint8Array(data) : firstChannel(data, info.channels);
  return { grey, columns: info.width, rows: info.height };
}

function firstChannel(data: Uint8Array, channels: number): Uint8Array {
  return Uint8Array.from({ length: data.length / channels }, (_, at) => data[at * channels] ?? 0);
}

parentPort?.on('message', (job: StructureJob) => {
  void look(job).then((answer) => parentPort?.postMessage(answer));
});
