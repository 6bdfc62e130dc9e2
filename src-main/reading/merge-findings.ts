import type { Attenuation, Finding, FindingRegion } from '../../src-shared/domain/finding.ts';
import { pixelToPatient } from '../../src-shared/domain/image-affine.ts';
import type { ImageAffine } from '../../src-shared/domain/image-affine.ts';
import { highestPriority, priorities } from '../../src-shared/domain/priority.ts';
import type { TileRegion } from '../../src-shared/domain/tile-answer.ts';
import type { PatientPoint } from '../../src-shared/domain/units.ts';
import type { PlaceFinder } from './place-finding.ts';

/** A tile with what a model pointed at on it. */
export interface AnsweredTile {
  readonly sliceIndex: number;
  readonly sopInstanceUid: string;
  readonly affine: ImageAffine;
  readonly columns: number;
  readonly rows: number;
  readonly model: string;
  readonly regions: readonly TileRegion[];
}

/** Centres closer than this are one finding whatever their size, mm (twice the in-plane error of a model's box). */
const mergeDistanceMm = 5;

interface Sighting {
  readonly tile: AnsweredTile;
  readonly region: TileRegion;
  readonly centre: PatientPoint;
  readonly radiusMm: number;
}

/**
 * Merges what models pointed at on single slices into findings in patient space.
 *
 * Two regions are one finding when they lie on the same or neighbouring slices and their centres are closer, in the
 * plane, than 5 mm or the larger one's radius. One nodule over k slices is one finding with its k slices.
 *
 * @param spacingMm - Distance of neighbouring slices, mm.
 * @param placeOf - Tells side and lobe of a finding's centre.
 * @param newId - Source of finding ids.
 * @returns Most pressing first, then the largest.
 */
export function mergeFindings(
  tiles: readonly AnsweredTile[],
  spacingMm: number,
  placeOf: PlaceFinder,
  newId: () => string,
): readonly Finding[] {
  const sightings = tiles.flatMap((tile) => tile.regions.map((region) => sighting(tile, region)));
  const groups = groupSightings(sightings, Math.max(1.5 * spacingMm, mergeDistanceMm));
  return groups
    .map((group) => ({ extent: Math.max(...group.map((one) => one.radiusMm)), finding: findingOf(group, placeOf, newId()) }))
    .sort((a, b) => rank(b.finding) - rank(a.finding) || b.extent - a.extent)
    .map(({ finding }) => finding);
}

function sighting(tile: AnsweredTile, region: TileRegion): Sighting {
  // Fractions span the picture's edges; pixel centres lie half a pixel inside.
  const column = ((region.left + region.right) / 2) * tile.columns - 0.5;
  const row = ((region.top + region.bottom) / 2) * tile.rows - 0.5;
  const width = (region.right - region.left) * tile.columns * length(tile.affine.columnStep);
  const height = (region.bottom - region.top) * tile.rows * length(tile.affine.rowStep);
  return { tile, region, centre: pixelToPatient(tile.affine, column, row), radiusMm: Math.max(width, height) / 2 };
}

function groupSightings(sightings: readonly Sighting[], alongNormalMm: number): readonly (readonly Sighting[])[] {
  const parents = sightings.map((_, index) => index);
  function root(index: number): number {
    let at = index;
    while (parents[at] !== at) at = parents[at] ?? at;
    return at;
  }
  for (const [i, a] of sightings.entries()) {
    for (const [j, b] of sightings.slice(0, i).entries()) if (belongTogether(a, b, alongNormalMm)) parents[root(i)] = root(j);
  }
  const groups = new Map<number, Sighting[]>();
  for (const [index, one] of sightings.entries()) groups.set(root(index), [...(groups.get(root(index)) ?? []), one]);
  return [...groups.values()];
}

function belongTogether(a: Sighting, b: Sighting, alongNormalMm: number): boolean {
  const normal = cross(a.tile.affine.columnStep, a.tile.affine.rowStep);
  const size = length(normal);
  const apart: PatientPoint = [a.centre[0] - b.centre[0], a.centre[1] - b.centre[1], a.centre[2] - b.centre[2]];
  const along = Math.abs(apart[0] * normal[0] + apart[1] * normal[1] + apart[2] * normal[2]) / size;
  const inPlane = Math.sqrt(Math.max(0, length(apart) ** 2 - along ** 2));
  if (a.tile.sliceIndex === b.tile.sliceIndex) return inPlane < Math.min(a.radiusMm, b.radiusMm);
  return along <= alongNormalMm && inPlane < Math.max(mergeDistanceMm, a.radiusMm, b.radiusMm);
}

function findingOf(group: readonly Sighting[], placeOf: PlaceFinder, id: string): Finding {
  const inOrder = [...group].sort((a, b) => a.tile.sliceIndex - b.tile.sliceIndex);
  const weights = inOrder.map((one) => Math.max(one.radiusMm, 0.5) ** 2);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  // A model's box is no truer than a tenth of a millimetre.
  const mean = (axis: 0 | 1 | 2): number => Math.round((10 * inOrder.reduce((sum, one, i) => sum + one.centre[axis] * (weights[i] ?? 0), 0)) / whole) / 10;
  const centreMm: PatientPoint = [mean(0), mean(1), mean(2)];
  return {
    id,
    ...placeOf(centreMm),
    centreMm,
    diameterMm: null,
    attenuation: commonest(inOrder.map((one) => one.region.attenuation)),
    priority: highestPriority(inOrder.map((one) => one.region.priority)),
    sopInstanceUids: [...new Set(inOrder.map((one) => one.tile.sopInstanceUid))],
    regions: inOrder.map(regionOf),
    sources: [...new Set(inOrder.map((one) => one.tile.model))].map((name) => ({
      kind: 'model',
      name,
      confidence: Math.max(...inOrder.filter((one) => one.tile.model === name).map((one) => one.region.confidence)),
    })),
  };
}

function regionOf({ tile, region }: Sighting): FindingRegion {
  return {
    sopInstanceUid: tile.sopInstanceUid,
    sliceIndex: tile.sliceIndex,
    columnMin: region.left * tile.columns,
    rowMin: region.top * tile.rows,
    columnMax: region.right * tile.columns,
    rowMax: region.bottom * tile.rows,
  };
}

function commonest(values: readonly Attenuation[]): Attenuation {
  const counts = new Map<Attenuation, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  return first === undefined || first[1] === second?.[1] ? 'indeterminate' : first[0];
}

function rank(finding: Finding): number {
  return (priorities as readonly string[]).indexOf(finding.priority);
}

function length([x, y, z]: PatientPoint): number {
  return Math.hypot(x, y, z);
}

function cross(a: PatientPoint, b: PatientPoint): PatientPoint {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
