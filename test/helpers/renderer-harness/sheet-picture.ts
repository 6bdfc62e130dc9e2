import sharp from 'sharp';
import type { RequestPictureView, TileView } from '../../../src-shared/domain/views.ts';
import { candidatePng } from './candidate-picture.ts';
import type { DecodedSlice } from './decode-series.ts';
import { sampleCandidates } from './sample-candidates.ts';

/** One lung in the maximum over the tile's slices; a control shows a place of its own. */
async function slabPng(series: readonly DecodedSlice[], { sliceIndices, side }: Pick<TileView, 'sliceIndices' | 'side'>, edge: number): Promise<Buffer> {
  const slices = sliceIndices.flatMap((index) => series[index] ?? []);
  const first = slices[0];
  if (first === undefined) throw new Error('a slab without slices');
  const grey = Uint8Array.from(first.hounsfield, (_, at) => {
    const most = slices.reduce((highest, { hounsfield }) => Math.max(highest, hounsfield[at] ?? -1024), -1024);
    return Math.min(255, Math.max(0, Math.round(((most + 600.5) / 1499 + 0.5) * 255)));
  });
  const left = Math.round(first.columns * (side === 'left' ? 0.5 : 0.1));
  const crop = { left, top: Math.round(first.rows * 0.22), width: Math.round(first.columns * 0.4), height: Math.round(first.rows * 0.6) };
  return sharp(grey, { raw: { width: first.columns, height: first.rows, channels: 1 } }).extract(crop).resize(edge, edge, { fit: 'contain', background: '#000' }).toColourspace('b-w').png().toBuffer();
}

/** A candidate in four panels: axial twice, coronal, sagittal. */
async function panelsPng(series: readonly DecodedSlice[], rank: number, edge: number): Promise<Buffer> {
  const candidate = sampleCandidates(series)[rank - 1];
  if (candidate === undefined) throw new Error('no such candidate');
  const half = Math.floor((edge - 4) / 2);
  const panels = await Promise.all((['axial', 'axial', 'coronal', 'sagittal'] as const).map(async (plane) => sharp(await candidatePng(series, plane, candidate.centreMm, 56)).resize(half, half).png().toBuffer()));
  return sharp({ create: { width: edge, height: edge, channels: 3, background: '#000' } })
    .composite(panels.map((input, index) => ({ input, left: (index % 2) * (half + 4), top: Math.floor(index / 2) * (half + 4) }))).png().toBuffer();
}

/** A request's picture in the manner of the real ones: numbered tiles of the exam on black. */
export async function sheetPng(series: readonly DecodedSlice[], { columns, rows, tiles }: RequestPictureView, mirrored: boolean): Promise<Buffer> {
  const isVerify = tiles.some(({ role }) => role === 'candidate');
  const drawn = await Promise.all(tiles.map(async (tile) => {
    const png = isVerify ? await panelsPng(series, tile.candidateRank ?? 4, tile.box.columns)
      : await slabPng(series, tile.sliceIndices.length === 0 ? { sliceIndices: [30, 31, 32, 33, 34], side: 'left' } : tile, tile.box.columns);
    return { input: mirrored ? await sharp(png).flop().toBuffer() : png, left: tile.box.left, top: tile.box.top };
  }));
  const numbers = tiles.map(({ number, box }) => `<text x="${box.left}" y="${box.top - 4}" font-family="monospace" font-size="14" fill="#fff">${number}</text>`).join('');
  const sheet = sharp({ create: { width: columns, height: rows, channels: 3, background: '#000' } });
  return sheet.composite([...drawn, { input: Buffer.from(`<svg width="${columns}" height="${rows}">${numbers}</svg>`), left: 0, top: 0 }]).png().toBuffer();
}
