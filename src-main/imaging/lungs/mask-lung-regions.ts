import type { HounsfieldGrid } from './grid-reduce.ts';
import { regionAt } from './mask-air.ts';
import type { AirLink, AirMap, AirRegion } from './mask-air.ts';
import type { Airway } from './mask-airway.ts';
import { joinRegions } from './mask-clusters.ts';
import type { Cluster } from './mask-clusters.ts';
import { isGasRegion, isInBody } from './mask-region-kind.ts';

/** Pieces apart from the largest that may be a lung or a part of one: volume, and the share of their slices that hold lung. */
const leastPieceMm3 = 10_000;
const leastSharedSlices = 0.6;
/** A first lung has at least this volume, and this share of the largest piece of air. */
const leastLungMm3 = 30_000;
const leastLungShare = 0.15;
/** How lung must go on below gas: share of all contact with lung, and cells; or the section of a piece that is not known to be lung yet. */
const leastShareBelow = 0.2;
const leastCellsBelow = 10;
const leastContactMm2 = 1500;
/** Gas of this volume that reaches as near to the top of the lungs as this is a chest's whose lung has collapsed. */
const leastPneumothoraxMm3 = 250_000;
const nearApexMm = 40;
/** A region with a larger share of airway is one. */
const mostAirwayShare = 0.6;
/** Share of gas around a piece that makes it the wall of a bowel's gas, unless it is as large as this. */
const mostGasShare = 0.5;
const surePieceMm3 = 150_000;

/**
 * Chooses the regions of air that are lung: not airway, not the bowel's gas, not the air between arm and chest.
 *
 * Lung is seldom as dark as air alone: regions that are get chosen only where lung goes on below them, as around a bulla, in
 * emphysema or a pneumothorax; the gas of stomach and colon has lung above it or nothing.
 *
 * @param grid - The reduced volume.
 * @param air - Of the grid.
 * @param airway - Null when none was found.
 * @returns Of the air's regions; empty when none can be a lung.
 */
export function chooseLungRegions(grid: HounsfieldGrid, air: AirMap, airway: Airway | null): readonly AirRegion[] {
  const [columnMm, rowMm, sliceMm] = grid.cellMm;
  const cellMm3 = columnMm * rowMm * sliceMm;
  const isAirway = airwayRegions(air, airway);
  const inside = air.regions.filter((region) => isInBody(region) && !isAirway.has(region));
  const isGas = (region: AirRegion): boolean => isGasRegion(region, airway);
  const gas = joinRegions(inside.filter(isGas), air);
  const bowel = new Set(gas.flatMap(({ regions }) => regions));
  const pieces = joinRegions(inside.filter((region) => !isGas(region)), air).filter((piece) => {
    const mm3 = piece.cells * cellMm3;
    return mm3 >= leastPieceMm3 && (mm3 >= surePieceMm3 || gasAround(piece, bowel) < mostGasShare * piece.cells);
  });
  const candidates = new Set(pieces.flatMap(({ regions }) => regions));
  const leastCells = leastContactMm2 / (columnMm * rowMm);
  const chosen = new LungRegions(firstLung(pieces, cellMm3));
  // Each round may join what the one before has brought within reach: emphysema can alternate with denser lung.
  for (let count = -1; count !== chosen.count;) {
    count = chosen.count;
    for (const cluster of gas) {
      const isCollapsedLung = cluster.cells * cellMm3 >= leastPneumothoraxMm3 && (chosen.top - cluster.top) * sliceMm <= nearApexMm;
      if (isCollapsedLung || isWithinLung(cluster, chosen.regions, candidates, leastCells)) chosen.add(cluster);
    }
    for (const piece of pieces) if (chosen.sharesSlices(piece) || contact(piece, chosen.regions).all >= leastCells) chosen.add(piece);
  }
  return [...chosen.regions];
}

/** Regions taken for lung so far, and the slices they reach over. */
class LungRegions {
  readonly regions = new Set<AirRegion>();
  bottom = Infinity;
  top = -Infinity;

  constructor(first: Cluster | null) {
    if (first !== null) this.add(first);
  }

  get count(): number {
    return this.regions.size;
  }

  add({ regions, bottom, top }: Cluster): void {
    for (const region of regions) this.regions.add(region);
    this.bottom = Math.min(this.bottom, bottom);
    this.top = Math.max(this.top, top);
  }

  sharesSlices({ bottom, top }: Cluster): boolean {
    return Math.min(top, this.top) - Math.max(bottom, this.bottom) + 1 >= leastSharedSlices * (top - bottom + 1);
  }
}

/** Lungs lie above all other air of the trunk; the largest piece need not be one where the scan shows their bases only. */
function firstLung(pieces: readonly Cluster[], cellMm3: number): Cluster | null {
  const largest = pieces.reduce((most, { cells }) => Math.max(most, cells), 0);
  return pieces
    .filter(({ cells }) => cells * cellMm3 >= leastLungMm3 && cells >= leastLungShare * largest)
    .reduce<Cluster | null>((best, piece) => (best === null || piece.top > best.top || (piece.top === best.top && piece.cells > best.cells) ? piece : best), null);
}

function gasAround({ regions }: Cluster, gas: ReadonlySet<AirRegion>): number {
  const touching = new Set<AirRegion>();
  for (const { below, above } of regions) for (const { region } of [...below, ...above]) if (gas.has(region)) touching.add(region);
  return [...touching].reduce((sum, { cells }) => sum + cells, 0);
}

/** Whether lung goes on below a cluster of gas: lung that is known, or a wide piece that may be more of it. */
function isWithinLung(cluster: Cluster, chosen: ReadonlySet<AirRegion>, candidates: ReadonlySet<AirRegion>, leastCells: number): boolean {
  const known = contact(cluster, chosen);
  if (known.all === 0) return false;
  return (known.below >= leastShareBelow * known.all && known.below >= leastCellsBelow) || contact(cluster, candidates).below >= leastCells;
}

/** Cells that a cluster shares, seen from above, with regions of a set below it, and with those below or above. */
function contact({ regions }: Cluster, others: ReadonlySet<AirRegion>): { readonly below: number; readonly all: number } {
  const shared = (links: readonly AirLink[]): number => links.reduce((sum, { region, overlap }) => sum + (others.has(region) ? overlap : 0), 0);
  const below = regions.reduce((sum, region) => sum + shared(region.below), 0);
  return { below, all: regions.reduce((sum, region) => sum + shared(region.above), below) };
}

/** Regions of which most is airway: lung around a bronchus is not. */
function airwayRegions(air: AirMap, airway: Airway | null): ReadonlySet<AirRegion> {
  const counts = new Map<AirRegion, number>();
  for (const cell of airway?.cells ?? []) {
    const region = regionAt(air, cell);
    if (region !== undefined) counts.set(region, (counts.get(region) ?? 0) + 1);
  }
  return new Set([...counts].filter(([{ cells }, count]) => count > mostAirwayShare * cells).map(([region]) => region));
}
