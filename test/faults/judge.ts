import type { Expected, NamedFault } from './named-fault.ts';
import type { Observed } from './observe.ts';

/**
 * Everything in which a fault did not end as it must; empty when it did.
 *
 * @param fault - With what must come of it.
 * @param observed - What came of it.
 */
export function complaints({ expected }: NamedFault, observed: Observed): readonly string[] {
  const fields: readonly (keyof Expected & keyof Observed)[] = ['reading', 'reason', 'tiles', 'ledger', 'saw'];
  const wrong = fields.filter((field) => JSON.stringify(observed[field]) !== JSON.stringify(expected[field]));
  return [
    ...wrong.map((field) => `${field} must be ${JSON.stringify(expected[field])} and is ${JSON.stringify(observed[field])}`),
    ...(isWithin(observed.pauses, expected.pauses) ? [] : [`pauses must be within ${JSON.stringify(expected.pauses)} and are ${JSON.stringify(observed.pauses)}`]),
    ...observed.ledgerFaults.map((what) => `ledger: ${what}`),
    ...(observed.sentTwice ? ['something was sent twice'] : []),
    ...(observed.keyLeaked ? ['the key went to others than the relay'] : []),
  ];
}

function isWithin(pauses: readonly number[], expected: Expected['pauses']): boolean {
  if (expected === null) return true;
  return pauses.length === expected.length && pauses.every((ms, index) => ms >= (expected[index]?.[0] ?? 0) && ms <= (expected[index]?.[1] ?? 0));
}

/** What came of a fault in one line. */
export function told({ name }: NamedFault, { reading, reason, tiles, ledger, saw }: Observed, isRight: boolean): string {
  const end = reason === null ? reading : `${reading} (${reason})`;
  const requests = saw.length === 1 ? '1 request' : `${saw.length} requests`;
  return `${isRight ? 'ok    ' : 'FAILED'} ${name}: ${end}; tiles ${[...new Set(tiles)].length === 1 ? `all ${tiles[0] ?? '-'}` : tiles.join(' ')}; ${requests}; ledger ${ledger.length === 0 ? 'empty' : ledger.join(', ')}`;
}
