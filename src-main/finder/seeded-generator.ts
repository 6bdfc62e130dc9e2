/** Numbers in [0, 1), the same series for the same seed. */
export type SeededGenerator = () => number;

/**
 * Makes a series of numbers that looks random and is the same everywhere (mulberry32).
 *
 * @param seed - Any integer; its low 32 bits count.
 */
export function seededGenerator(seed: number): SeededGenerator {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Takes a direction of space, every one as likely as another.
 *
 * @param random - The series.
 * @returns A unit vector.
 */
export function randomDirection(random: SeededGenerator): readonly [x: number, y: number, z: number] {
  const z = 2 * random() - 1;
  const angle = 2 * Math.PI * random();
  const radius = Math.sqrt(1 - z * z);
  return [radius * Math.cos(angle), radius * Math.sin(angle), z];
}
