import type { Problem } from '../../src-shared/domain/errors.ts';
import type { Series } from '../../src-shared/domain/study.ts';
import { buildVolume } from '../workers/build-volume.ts';
import { hashVolume } from '../workers/hash-volume.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import type { LungMask } from '../imaging/lungs/lung-mask.ts';
import { packSheets } from '../imaging/pictures/sheet.ts';
import type { SheetLayout } from '../imaging/pictures/sheet-grid.ts';
import { sheetFrame } from '../imaging/pictures/sheet-grid.ts';
import type { SheetPictures } from '../imaging/pictures/sheet-pictures.ts';
import { unseenOf } from '../imaging/pictures/slab.ts';
import type { SlabPicture, SlabsToPicture } from '../imaging/pictures/slab-pictures.ts';
import { planEachSlice, planSlabs } from '../imaging/pictures/slab-plan.ts';
import type { PlannedSlab } from '../imaging/pictures/slab-plan.ts';
import { tileRegion } from '../imaging/pictures/tile-region.ts';
import type { TileRegion } from '../imaging/pictures/tile-region.ts';
import { lungWindow } from '../imaging/pictures/voi.ts';
import { machineMemoryBytes } from '../platform/memory.ts';
import type { PreparedCt, PreparedPicture, PreparedPlace } from './manifest.ts';
import type { OutputFolder } from './output-folder.ts';
import { forAll, pictureFormat, pictureName } from './prepare-request.ts';
import type { PrepareDesk, PrepareRequest } from './prepare-request.ts';

/** What came of a CT series. */
export interface CtPictures {
  readonly ct: PreparedCt;
  readonly pictures: readonly PreparedPicture[];
  /** Slices that could not be decoded. */
  readonly problems: readonly Problem[];
}

/** Where the pictures of an exam go. */
export interface ExamOutput {
  readonly output: Pick<OutputFolder, 'write'>;
  /** exam-1 and so on; empty for the only one. */
  readonly folder: string;
}

/** Around the lungs in plane: pleura and chest wall belong to what has to be seen. */
const marginMm = 10;
/** Pictures that a worker makes at a time: few enough to share the work, many enough to share what slabs have in common. */
const picturesAtATime = 8;
/** Progress is told in this many steps. */
const progressSteps = 4;

/** A picture file before it is written, with its line in the manifest. */
interface PictureFile {
  readonly bytes: Uint8Array;
  readonly entry: PreparedPicture;
}

/**
 * Prepares a CT series: its volume, its lungs, its pictures.
 *
 * @param desk - Worker threads and who is told of progress.
 * @param request - What is asked for.
 * @param series - Chosen by assessStudy.
 * @param target - Where pictures are written.
 * @throws {AppError} 'volume-too-large', 'output-full', 'file-not-saved', or a fault of the machine.
 */
export async function prepareCt(desk: PrepareDesk, request: PrepareRequest, series: Series, target: ExamOutput): Promise<CtPictures> {
  const { pool, signal, tell } = desk;
  const { slices } = series;
  tell(`decoding ${slices.length} slices`);
  const volume = await buildVolume(pool, slices, {
    signal, maxBytes: machineMemoryBytes() / 2, onSlice: progressOf(slices.length, (done) => tell(`decoded ${done} of ${slices.length} slices`)),
  });
  tell('outlining the lungs');
  const [mask, contentSha256] = await Promise.all([pool.run('outline-lungs', volume, signal), hashVolume(pool, volume, signal)]);
  const region = tileRegion(volume, mask, marginMm);
  const isWhole = request.mode === 'slices';
  const planned = isWhole ? planEachSlice(volume, region.extent) : planSlabs(volume, { thicknessMm: request.slabMm, stepMm: request.stepMm, extent: region.extent });
  const making: SlabsToPicture = {
    volume, planned, window: lungWindow, format: pictureFormat(request.format),
    mode: isWhole ? 'maximum' : request.projection, ...(isWhole ? {} : { crop: region.crop }),
  };
  tell(`writing ${planned.length} ${isWhole ? 'slices' : 'slabs'}${request.mode === 'sheets' ? ' on sheets' : ''}`);
  const pictures = request.mode === 'sheets'
    ? await writeSheets(desk, request, making, region, target)
    : await writeSlabs(desk, request, making, target);
  return {
    ct: { ...describeCt(volume, mask, region, request), contentSha256 },
    pictures,
    problems: volume.slices.flatMap(({ problem }) => problem ?? []),
  };
}

async function writeSlabs(
  { pool, signal }: PrepareDesk, { format, mode, withUids }: PrepareRequest, making: SlabsToPicture, { output, folder }: ExamOutput,
): Promise<readonly PreparedPicture[]> {
  const kind = mode === 'slices' ? 'slice' : 'slab';
  const entries: PreparedPicture[] = [];
  await forAll(partsOf(making.planned), signal, async ({ first, planned }, given) => {
    const pictures = await pool.run('slab-pictures', { ...making, planned }, given);
    for (const [at, picture] of pictures.entries()) {
      const { columns, rows, bytes, sha256 } = picture;
      const file = pictureName(folder, kind, first + at + 1, format);
      const place = placeOf(picture, making.volume, withUids);
      await output.write(file, bytes);
      entries[first + at] = { file, sha256, sizeBytes: bytes.length, columns, rows, role: kind, window: making.window, place };
    }
  });
  return entries;
}

async function writeSheets(
  { pool, signal }: PrepareDesk, request: PrepareRequest, making: SlabsToPicture, { crop }: TileRegion, { output, folder }: ExamOutput,
): Promise<readonly PreparedPicture[]> {
  const layout = layoutFor(crop, request.sheetPixels);
  const sheets = packSheets(making.planned.map((slab) => ({ ...crop, slab })), layout);
  let firstNumber = 1;
  const numbered = sheets.map((tiles, index) => {
    const sheet = { index, firstNumber, planned: tiles.map(({ slab }) => slab) };
    firstNumber += tiles.length;
    return sheet;
  });
  const entries: PreparedPicture[] = [];
  await forAll(numbered, signal, async ({ index, firstNumber: number, planned }, given) => {
    const sheet = await pool.run('sheet-pictures', { ...making, planned, layout, firstNumber: number }, given);
    const pair = sheetFiles(sheet, index + 1, folder, request, making);
    for (const [at, { bytes, entry }] of pair.entries()) {
      await output.write(entry.file, bytes);
      entries[2 * index + at] = entry;
    }
  });
  return entries;
}

function sheetFiles(
  sheet: SheetPictures, number: number, folder: string, { format, withUids }: PrepareRequest, { volume, window }: SlabsToPicture,
): readonly PictureFile[] {
  const { columns, rows } = sheet;
  const tiles = sheet.tiles.map(({ number: tileNumber, role, left, top, columns: wide, rows: high, scale, scaleBarColumns, ...slab }) => (
    { number: tileNumber, role, left, top, columns: wide, rows: high, scale, scaleBarColumns, ...placeOf(slab, volume, withUids) }
  ));
  const marked = pictureName(folder, 'sheet', number, format);
  const unmarked = pictureName(folder, 'sheet', number, format, '-unmarked');
  const common = { columns, rows, window, place: null, tiles } as const;
  return [
    { bytes: sheet.marked.bytes, entry: { file: marked, sha256: sheet.marked.sha256, sizeBytes: sheet.marked.bytes.length, role: 'sheet', twin: unmarked, ...common } },
    { bytes: sheet.unmarked.bytes, entry: { file: unmarked, sha256: sheet.unmarked.sha256, sizeBytes: sheet.unmarked.bytes.length, role: 'unmarked-sheet', twin: marked, ...common } },
  ];
}

/** A tile that is larger than the sheets that were asked for has a sheet of its own. */
function layoutFor(tile: { readonly columns: number; readonly rows: number }, sheetPixels: number): SheetLayout {
  const { columns, rows } = sheetFrame(tile);
  return { maxColumns: Math.max(sheetPixels, columns), maxRows: Math.max(sheetPixels, rows) };
}

function placeOf(
  { affine, thicknessMm, positionMm, sliceIndices, undecodedSlices, touchesGap }: Pick<SlabPicture, 'affine' | 'thicknessMm' | 'positionMm' | 'sliceIndices' | 'undecodedSlices' | 'touchesGap'>,
  volume: SlabsToPicture['volume'], withUids: boolean,
): PreparedPlace {
  const place = { affine, thicknessMm, positionMm, sliceIndices, undecodedSlices, touchesGap };
  return withUids ? { ...place, sopInstanceUids: sliceIndices.map((index) => volume.slices[index]?.sopInstanceUid ?? '') } : place;
}

function describeCt(volume: CtVolume, mask: LungMask, region: TileRegion, { mode, projection }: PrepareRequest): Omit<PreparedCt, 'contentSha256'> {
  const { columns, rows, spacingMm } = volume;
  const { kind, reason, notes, rightMm3, leftMm3, extent } = mask;
  const isWhole = mode === 'slices';
  return {
    columns, rows, spacingMm,
    slicePositionsMm: volume.slices.map(({ positionMm }) => positionMm),
    lungs: { kind, reason, notes, rightMm3, leftMm3, extent },
    crop: isWhole ? null : region.crop,
    projection: isWhole ? null : projection,
    ...unseenOf(volume, region.extent),
  };
}

function partsOf(planned: readonly PlannedSlab[]): readonly { readonly first: number; readonly planned: readonly PlannedSlab[] }[] {
  return Array.from({ length: Math.ceil(planned.length / picturesAtATime) }, (_, part) => (
    { first: part * picturesAtATime, planned: planned.slice(part * picturesAtATime, (part + 1) * picturesAtATime) }
  ));
}

/** Tells a quarter, a half and three quarters, each once. */
function progressOf(total: number, tell: (done: number) => void): (done: number) => void {
  let told = 0;
  return (done) => {
    const step = Math.floor((progressSteps * done) / total);
    if (step > told && done < total) tell(done);
    told = Math.max(told, step);
  };
}
