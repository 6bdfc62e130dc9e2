import { pixelToPatient } from '../../../src-shared/domain/image-affine.ts';
import type { NoduleProfile } from '../../../src-shared/domain/candidate.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { distanceMm, hitReachMm, leastReachMm, middleOf } from './exam-nodules.ts';
import type { ExamNodules, IrrelevantPlace, TrueNodule } from './exam-nodules.ts';
import { outlinedNodule } from './outlined-nodule.ts';
import type { OutlinedNodule, SliceGrid } from './outlined-nodule.ts';
import type { LidcPoint, LidcReadings } from './read-lidc-xml.ts';

interface ReadNodule extends OutlinedNodule {
  readonly reader: number;
  readonly texture: number | null;
}

/**
 * Joins what the readers of LIDC marked into nodules, and parts those that enough readers outlined from the rest.
 *
 * Two outlines are one nodule when they share a pixel or the centre of one lies within the other's radius.
 *
 * @param readings - Of the exam.
 * @param grid - Its slices; marks on others are passed over.
 * @param agreeing - Readers who have to have outlined it for it to be looked for; LUNA16 takes 3 of 4.
 * @returns Sizes are means over the readers who outlined it; what fewer readers outlined, points below 3 mm and what is no nodule is irrelevant.
 */
export function joinReaders({ readers }: LidcReadings, grid: SliceGrid, agreeing: number): ExamNodules {
  const outlined = readers.flatMap((marks, reader) => marks.flatMap((mark): readonly ReadNodule[] => {
    const nodule = mark.kind === 'outlined' ? outlinedNodule(mark.outlines, grid) : null;
    return nodule === null || mark.kind !== 'outlined' ? [] : [{ ...nodule, reader, texture: mark.characteristics.texture }];
  }));
  const joined = groupsOf(outlined);
  const enough = joined.filter((group) => readersOf(group) >= agreeing);
  const few = joined.filter((group) => readersOf(group) < agreeing).map((group): IrrelevantPlace => {
    const { centreMm, diameterMm } = noduleOf(group);
    return { centreMm, radiusMm: hitReachMm(diameterMm), why: 'few-readers' };
  });
  const points = readers.flat().flatMap((mark): readonly IrrelevantPlace[] => {
    const centreMm = mark.kind === 'outlined' ? null : placeOf(mark.point, grid);
    return centreMm === null || mark.kind === 'outlined' ? [] : [{ centreMm, radiusMm: leastReachMm, why: mark.kind }];
  });
  return { source: 'lidc', nodules: enough.map(noduleOf), irrelevant: [...few, ...points] };
}

/** Outlines that belong together, directly or through others. */
function groupsOf(outlined: readonly ReadNodule[]): readonly (readonly ReadNodule[])[] {
  const groups: ReadNodule[][] = [];
  for (const nodule of outlined) {
    const touching = groups.filter((group) => group.some((other) => isSame(other, nodule)));
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push([...touching.flat(), nodule]);
  }
  return groups;
}

function isSame(a: ReadNodule, b: ReadNodule): boolean {
  // What one reader drew as two nodules may still be one to another, who then joins them.
  if (a.reader === b.reader) return false;
  const [small, large] = a.pixels.size < b.pixels.size ? [a, b] : [b, a];
  if (distanceMm(a.centreMm, b.centreMm) <= large.meanDiameterMm / 2) return true;
  for (const pixel of small.pixels) if (large.pixels.has(pixel)) return true;
  return false;
}

function readersOf(group: readonly ReadNodule[]): number {
  return new Set(group.map(({ reader }) => reader)).size;
}

function noduleOf(group: readonly ReadNodule[]): TrueNodule {
  const mean = (value: (nodule: ReadNodule) => number): number => group.reduce((sum, nodule) => sum + value(nodule), 0) / group.length;
  return {
    centreMm: middleOf(group.map(({ centreMm }) => centreMm)), diameterMm: mean(({ meanDiameterMm }) => meanDiameterMm), volumeMm3: mean(({ volumeMm3 }) => volumeMm3),
    profile: profileOf(group.flatMap(({ texture }) => texture ?? [])), attachment: null, readers: readersOf(group),
  };
}

/** Texture 1 is ground glass, 3 part-solid, 5 solid; 2 and 4 lie between. */
function profileOf(textures: readonly number[]): NoduleProfile | null {
  if (textures.length === 0) return null;
  const mean = textures.reduce((sum, one) => sum + one, 0) / textures.length;
  return mean < 2 ? 'ground-glass' : mean < 4 ? 'part-solid' : 'solid';
}

function placeOf({ sopInstanceUid, column, row }: LidcPoint, { slices }: SliceGrid): PatientPoint | null {
  const slice = slices.find((one) => one.sopInstanceUid === sopInstanceUid);
  return slice === undefined ? null : pixelToPatient(slice.affine, column, row);
}
