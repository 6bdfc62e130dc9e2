import type { TileBox } from '../tile-request.ts';

/** A disc in a tile; its centre and radius in pixels of the tile. */
export interface ProbeDisc {
  readonly column: number;
  readonly row: number;
  readonly radius: number;
  readonly attenuation: 'solid' | 'ground-glass';
}

/** A tile of the drawn picture: where it lies under which number, and what is in it. */
export interface ProbeTile extends TileBox {
  readonly discs: readonly ProbeDisc[];
}

/** What the picture of one diagnosis shows: nothing of it comes from a patient. */
export interface ProbeSheet {
  readonly columns: number;
  readonly rows: number;
  /** In reading order; their numbers are in none. */
  readonly tiles: readonly ProbeTile[];
}

/** As on every sheet: gaps between tiles, and above each a strip with its number, pixels. */
export const probeLayout = { gap: 8, strip: 20, dotSize: 2 } as const;

const across = 3;
const down = 2;
/** Large enough for levels of detail to be charged differently, small enough for no provider to shrink the sheet. */
const tileSide = 340;
const radius = { from: 15, to: 19 } as const;
/** Discs of each tile, dealt out anew every time. */
const discCounts = [0, 0, 1, 1, 2, 2] as const;
const numbers = { from: 10, to: 99 } as const;

/**
 * Deals the picture of a diagnosis: which numbers, which tiles hold how many discs, which of them are bright.
 *
 * A model that does not see it cannot know: even who knows how it is dealt is right about the counts once in 90 times.
 *
 * @param random - Uniform in [0, 1).
 */
export function dealProbeSheet(random: () => number): ProbeSheet {
  const below = (most: number): number => Math.floor(random() * most);
  const counts = shuffled(discCounts, below);
  const dealt = shuffled(Array.from({ length: numbers.to - numbers.from + 1 }, (_, index) => numbers.from + index), below).slice(0, across * down);
  // Both kinds are there, whatever is dealt.
  const kinds = shuffled(['solid', 'solid', 'ground-glass', 'ground-glass', below(2) === 0 ? 'solid' : 'ground-glass', below(2) === 0 ? 'solid' : 'ground-glass'] as const, below);
  const { gap, strip } = probeLayout;
  let next = 0;
  return {
    columns: across * (tileSide + gap) + gap,
    rows: down * (tileSide + strip + gap) + gap,
    tiles: counts.map((count, index) => ({
      number: dealt[index] ?? 0,
      left: gap + (index % across) * (tileSide + gap),
      top: gap + strip + Math.floor(index / across) * (tileSide + strip + gap),
      columns: tileSide,
      rows: tileSide,
      discs: Array.from({ length: count }, (_, at) => placedDisc(at, count, kinds[next++] ?? 'solid', below)),
    })),
  };
}

/** Away from the edges; of two, one in each half. */
function placedDisc(at: number, count: number, attenuation: ProbeDisc['attenuation'], below: (most: number) => number): ProbeDisc {
  const half = tileSide / count;
  const margin = 50;
  return {
    column: Math.round(at * half + margin + below(half - 2 * margin)),
    row: margin + below(tileSide - 2 * margin),
    radius: radius.from + below(radius.to - radius.from + 1),
    attenuation,
  };
}

function shuffled<Item>(items: readonly Item[], below: (most: number) => number): readonly Item[] {
  const dealt = [...items];
  for (let last = dealt.length - 1; last > 0; last -= 1) {
    const other = below(last + 1);
    [dealt[last], dealt[other]] = [dealt[other] as Item, dealt[last] as Item];
  }
  return dealt;
}
