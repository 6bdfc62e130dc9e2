/**
 * Writes whole numbers as people list them: "1–4, 7, 9–12".
 *
 * @param numbers - In any order; doubled ones count once.
 */
export function numberRanges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of [...new Set(numbers)].toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && number === last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => from === to ? `${from}` : `${from}–${to}`).join(', ');
}
