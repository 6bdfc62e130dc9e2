/** Uniform numbers in [0, 1): chance comes in as an argument, so that a plan can be made again. */
export type RandomSource = () => number;

/**
 * A random source that always gives the same numbers for the same seed.
 *
 * @param seed - Any 32-bit integer.
 * @see mulberry32 by Tommy Ettinger, public domain
 */
export function seededRandom(seed: number): RandomSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
