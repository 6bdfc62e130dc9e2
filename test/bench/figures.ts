/**
 * Middle of the values; the mean of the two middle ones of an even number.
 *
 * @param values - In any order.
 * @returns NaN when there are none.
 */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/**
 * How many times as much another way needs.
 *
 * @param theirs - Of the other way.
 * @param ours - Of LungDesk, in the same unit and the same run.
 * @returns Such as '6.2x'; above 1 LungDesk needs less.
 */
export function times(theirs: number, ours: number): string {
  const ratio = theirs / ours;
  return Number.isFinite(ratio) ? `${ratio.toFixed(ratio < 10 ? 2 : 1)}x` : '-';
}

/**
 * A number with as many decimals as can be believed.
 *
 * @param value - Any; NaN becomes '-'.
 */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

const said: string[] = [];

/**
 * Prints a part of the report and remembers it.
 *
 * @param text - Markdown, with its line ends.
 */
export function say(text: string): void {
  process.stdout.write(text);
  said.push(text);
}

/** Everything that say has printed. */
export function wholeReport(): string {
  return said.join('');
}

/**
 * Prints a Markdown table.
 *
 * @param header - Column names.
 * @param rows - Cells, as many per row as there are columns.
 */
export function printTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  say(`${lines.join('\n')}\n\n`);
}

/**
 * Says in one line whether a target of issue 3 is reached.
 *
 * @param what - Is measured, with its unit.
 * @param value - As measured; a target without a measurement (its peer is absent) is not mentioned.
 * @param target - 'least' or 'most' that it should be.
 */
export function printTarget(what: string, value: number, target: { readonly least: number } | { readonly most: number }): void {
  if (!Number.isFinite(value)) return;
  const isMet = 'least' in target ? value >= target.least : value <= target.most;
  const wanted = 'least' in target ? `at least ${String(target.least)}` : `at most ${String(target.most)}`;
  say(`- ${isMet ? 'reached' : 'MISSED'}: ${what} ${figure(value)}, wanted ${wanted}\n`);
}
