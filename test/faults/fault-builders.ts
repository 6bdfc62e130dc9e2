import { faultsNamed } from '../../src-main/relay/practice-relay/fault-names.ts';
import type { Fault } from '../../src-main/relay/practice-relay/faults.ts';
import type { Expected, NamedFault } from './named-fault.ts';

/** A row of the table: what is not said is sound. */
export interface FaultRow extends Partial<Omit<NamedFault, 'name' | 'relay' | 'expected'>> {
  /** For each request: names for faultsNamed, or faults. */
  readonly relay?: readonly (string | Fault)[];
  readonly expected: Partial<Expected> & Pick<Expected, 'ledger'>;
}

/** Tiles of a request that went well. */
export const sound: readonly string[] = ['1', '0', '1', '0'];

/**
 * Makes a fault of a row; by default it ends in a whole reading and every request carries both pictures.
 *
 * @param name - Kebab-case, unique.
 * @param row - What differs.
 */
export function fault(name: string, row: FaultRow): NamedFault {
  const { expected } = row;
  return {
    name,
    relay: (row.relay ?? []).map((one) => (typeof one === 'string' ? faultsNamed(one) : [one])),
    forEver: row.forEver ?? false,
    route: row.route ?? 'link',
    toxic: row.toxic ?? null,
    spoiled: row.spoiled ?? 1,
    moment: row.moment ?? null,
    expected: {
      reading: 'complete', reason: null, tiles: sound, pauses: null,
      saw: expected.ledger.filter((entry) => !entry.startsWith('void')).map(() => 2),
      ...expected,
    },
  };
}

/** The same for every tile. */
export function every(state: string): readonly string[] {
  return [state, state, state, state];
}

/** The first tile differs. */
export function first(state: string): readonly string[] {
  return [state, ...sound.slice(1)];
}

/** The reading waits; nothing of it is lost. What left this machine is told as sent meanwhile, what did not as planned. */
export function held(reason: string, holdFor: 'relay' | 'offline' | 'budget', ledger: readonly string[]): Pick<Expected, 'reading' | 'reason' | 'tiles' | 'ledger'> {
  return { reading: `held ${holdFor}`, reason, tiles: every(ledger.some((entry) => !entry.startsWith('void')) ? 'sent' : 'planned'), ledger };
}

/** Every tile ends without an answer: a gap, never "nothing seen". */
export function unread(code: string, ledger: readonly string[]): Pick<Expected, 'reading' | 'reason' | 'tiles' | 'ledger'> {
  return { reading: 'failed', reason: code, tiles: every(code), ledger };
}

/** The first slice ends without an answer, the second is read. */
export function halfRead(code: string, ledger: readonly string[]): Pick<Expected, 'reading' | 'reason' | 'tiles' | 'ledger'> {
  return { reading: 'incomplete', reason: code, tiles: first(code), ledger };
}

/** Its answer could not be used, the next one could: both are paid for. */
export function mended(outcome: string): Pick<Expected, 'ledger'> {
  return { ledger: [`paid ${outcome}`, 'paid ok'] };
}

/** An answer of a status, with a body in the error form most relays use. */
export function answer(status: number, message: string, more: { readonly code?: string; readonly headers?: Readonly<Record<string, string>> } = {}): Fault {
  const { code = 'error', headers = {} } = more;
  return { kind: 'status', status, headers: { ...headers }, body: JSON.stringify({ error: { message, code, type: code } }) };
}
