// Outlines the lungs of exams and writes a picture of the outline over slices, to be looked at:
// npm run mask-montage [-- <exam folder> ...]
import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tissueHu } from '../../src-main/imaging/lungs/mask-body.ts';
import { lungLabels } from '../../src-main/imaging/lungs/lung-mask.ts';
import type { LungMask } from '../../src-main/imaging/lungs/lung-mask.ts';
import type { CtVolume } from '../../src-main/imaging/volume/ct-volume.ts';
import { outlineLungs } from '../../src-main/imaging/lungs/outline-lungs.ts';
import { readTruth } from '../helpers/exam-truth.ts';
import { loadVolume } from '../helpers/load-volume.ts';
import { maskLabel } from '../helpers/mask-label.ts';
import { sharedData } from '../helpers/shared-data.ts';
import { drawMontage } from './draw-montage.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The only exam of which pictures may be in the repository. */
const mayBeShown = 'dev-ct-lidc-0001';

const given = process.argv.slice(2).map((folder) => resolve(folder));
const folders = given.length > 0 ? given : [sharedData(mayBeShown), sharedData('dev-ct-lungpetctdx-a0002')].filter((folder) => folder !== null);
for (const folder of folders) {
  const volume = await loadVolume(folder);
  // The first run compiles; what a person waits for is the first.
  const [first, again] = [timed(volume), timed(volume)];
  const { mask } = first;
  const picture = basename(folder) === mayBeShown ? join(root, 'docs/images/lung-mask.png') : join(root, 'test-results/mask-montage', `${basename(folder)}.png`);
  mkdirSync(join(picture, '..'), { recursive: true });
  await drawMontage(volume, mask, picture);
  process.stdout.write([
    basename(folder), `  picture      ${picture}`,
    `  outline      ${mask.kind}${mask.reason === null ? '' : ` (${mask.reason})`}${mask.notes.length > 0 ? `, ${mask.notes.join(', ')}` : ''}`,
    `  volume       right ${litres(mask.rightMm3)} l, left ${litres(mask.leftMm3)} l`,
    `  to be read   ${extentText(volume, mask)}`,
    `  truth        ${truthText(folder, volume, mask)}`,
    `  time         ${first.ms.toFixed(0)} ms the first time, ${again.ms.toFixed(0)} ms the second`, '',
  ].join('\n'));
}

function timed(volume: CtVolume): { readonly mask: LungMask; readonly ms: number } {
  const start = performance.now();
  const mask = outlineLungs(volume);
  return { mask, ms: performance.now() - start };
}

function litres(mm3: number): string {
  return (mm3 / 1e6).toFixed(2);
}

function extentText({ slices }: CtVolume, { extent }: LungMask): string {
  if (extent === null) return 'all slices';
  const [first, last] = extent;
  return `${String(last - first + 1)} of ${String(slices.length)} slices, ${slices[first]!.positionMm.toFixed(1)} to ${slices[last]!.positionMm.toFixed(1)} mm`;
}

function truthText(folder: string, volume: CtVolume, mask: LungMask): string {
  const truth = readTruth(folder, volume);
  if (truth === null) return 'none beside the exam';
  const hu = ({ column, row, slice }: (typeof truth.voxels)[number]): number => volume.voxels[(slice * volume.rows + row) * volume.columns + column]!;
  // A box holds lung and wall beside the tumour: only what is dense in it may be tumour.
  const meant = truth.voxels.filter((voxel) => truth.kind === 'contours' || hu(voxel) >= tissueHu);
  const inside = meant.filter(({ column, row, slice }) => {
    const label = maskLabel(mask, column, row, slice);
    return label === lungLabels.rightLung || label === lungLabels.leftLung;
  });
  const what = truth.kind === 'contours' ? 'voxels within the readers\' contours' : 'dense voxels of the boxes';
  return `${String(inside.length)} of ${String(meant.length)} ${what} inside (${((100 * inside.length) / meant.length).toFixed(2)} %)`;
}
