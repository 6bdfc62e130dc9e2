import type { GivenUpWay } from '../relay/fallback.ts';

/** Which ways were given up for the rest of which reading; as long as the program runs. */
export interface GivenUpWays {
  of(readingId: string): readonly GivenUpWay[];
  add(readingId: string, way: GivenUpWay): void;
  /** The reading rests or waits: when it goes on, every way is open again. */
  forget(readingId: string): void;
  /** A relay was changed: what was given up may work now. */
  forgetRelay(relayId: string): void;
}

/** More readings than this are never on their way at once; the oldest are forgotten. */
const mostReadings = 500;

/** Makes an empty memory. */
export function createGivenUpWays(): GivenUpWays {
  const known = new Map<string, readonly GivenUpWay[]>();
  function of(readingId: string): readonly GivenUpWay[] {
    return known.get(readingId) ?? [];
  }
  return {
    of,
    add(readingId, way) {
      const before = of(readingId);
      // Requests that were on their way together fail together.
      if (before.some((one) => one.relayId === way.relayId && (one.scope === 'relay' || (one.scope === way.scope && one.model === way.model)))) return;
      known.set(readingId, [...before, way]);
      const [oldest] = known.keys();
      if (known.size > mostReadings && oldest !== undefined) known.delete(oldest);
    },
    forget: (readingId) => void known.delete(readingId),
    forgetRelay(relayId) {
      for (const [readingId, ways] of known) known.set(readingId, ways.filter((way) => way.relayId !== relayId));
    },
  };
}
