/**
 * A list with one of its entries a place further up or down; at the ends nothing moves.
 *
 * @param index - Of the entry.
 * @param by - -1: up, 1: down.
 */
export function moved<Entry>(list: readonly Entry[], index: number, by: -1 | 1): Entry[] {
  const copy = [...list];
  const [entry, other] = [copy[index], copy[index + by]];
  if (entry === undefined || other === undefined) return copy;
  copy[index] = other;
  copy[index + by] = entry;
  return copy;
}

/** A list with an entry put in at a place; beyond the end it comes last. */
export function inserted<Entry>(list: readonly Entry[], index: number, entry: Entry): Entry[] {
  return [...list.slice(0, index), entry, ...list.slice(index)];
}
