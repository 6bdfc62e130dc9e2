import { findComponents } from './components.ts';
import { distanceInside } from './distance.ts';
import { brightGrey, grownBack } from './round-structures.ts';
import type { Pass, RoundStructure } from './round-structures.ts';
import { cropOf } from './sheet-tiles.ts';
import type { GreyImage } from './sheet-tiles.ts';

/** Width of the patient that a panel is taken to show. */
const fieldMm = 50;
/** Between the panels of a tile, pixels. */
const panelGap = 4;
/** How far from the middle of a panel the structure may have its own. */
const reachMm = 4;
/** A core is what is left when this part of the structure's half width is taken off. */
const coreShare = 0.6;
const leastRoundness = 0.55;
const smallestMm: Readonly<Record<Pass, number>> = { standard: 4, fine: 3 };
/** What is larger, or leaves the panel, is chest wall. */
const largestMm = 40;
/** Of four panels: axial counts twice, so one more plane has to agree. A vessel is round in one plane at most. */
const leastPanels = 3;

/**
 * Looks at what lies in the middle of a tile's four panels, axial twice, coronal and sagittal, in any order.
 *
 * @param tile - Four square panels, in one row or in two.
 * @param pass - How closely to look.
 * @returns The structure as the panel shows it in which it is roundest; null where it is round in fewer than two planes.
 */
export function findCentralStructure(tile: GreyImage, pass: Pass): RoundStructure | null {
  const found = panelsOf(tile).flatMap((panel) => roundInMiddle(panel, pass) ?? []);
  if (found.length < leastPanels) return null;
  return found.toSorted((a, b) => b.roundness - a.roundness)[0] ?? null;
}

function panelsOf(tile: GreyImage): readonly GreyImage[] {
  const across = tile.columns > 2 * tile.rows ? 4 : 2;
  const side = (tile.columns - (across - 1) * panelGap) / across;
  const down = 4 / across;
  if (!Number.isInteger(side) || tile.rows !== down * (side + panelGap) - panelGap) return [];
  return [0, 1, 2, 3].map((panel) => cropOf(tile, {
    left: (panel % across) * (side + panelGap), top: Math.floor(panel / across) * (side + panelGap), columns: side, rows: side,
  }));
}

function roundInMiddle({ grey, columns, rows }: GreyImage, pass: Pass): RoundStructure | null {
  const pixelMm = fieldMm / columns;
  const bright = grey.map((value) => (value >= brightGrey ? 1 : 0));
  const inside = distanceInside(bright, columns, rows, false);
  const reach = reachMm / pixelMm;
  let middle = -1;
  for (let at = 0; at < inside.length; at += 1) {
    const away = Math.hypot((at % columns) - (columns - 1) / 2, Math.floor(at / columns) - (rows - 1) / 2);
    if (away <= reach && (inside[at] ?? 0) > (inside[middle] ?? 0)) middle = at;
  }
  const radius = (inside[middle] ?? 0) * coreShare;
  if (radius === 0) return null;
  const cores = Uint8Array.from(inside, (value) => (value > radius ? 1 : 0));
  const core = findComponents(cores, columns, rows).find((component) => component.pixels.includes(middle));
  if (core === undefined) return null;
  const found = grownBack(core, bright, grey, columns, rows, radius, pixelMm);
  const leaves = found.columnMin === 0 || found.rowMin === 0 || found.columnMax === columns - 1 || found.rowMax === rows - 1;
  const fits = found.diameterMm >= smallestMm[pass] && found.diameterMm <= largestMm;
  return !leaves && fits && found.roundness >= leastRoundness ? found : null;
}
