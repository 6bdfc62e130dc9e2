import { costOf } from '../../src-main/ledger/cost.ts';
import { coverageOfSlices, statusOf } from '../../src-main/reading/coverage.ts';
import { shippedCatalogue } from '../../src-main/relay/catalogue.ts';
import { listAttempts, sumReading } from '../../src-main/store/attempt-table.ts';
import type { Database } from '../../src-main/store/open-database.ts';
import { findPrice } from '../../src-main/store/price-table.ts';
import { listProblems } from '../../src-main/store/problem-table.ts';
import { findReading } from '../../src-main/store/reading-table.ts';
import type { StoredReading } from '../../src-main/store/reading-table.ts';
import { listSlices } from '../../src-main/store/slice-table.ts';
import { listTiles } from '../../src-main/store/tile-table.ts';
import type { AttemptRecord } from '../../src-shared/domain/attempt.ts';
import { readingId } from './planned-exam.ts';
import type { SeenRequest } from './seen-request.ts';

/** What came of a fault. */
export interface Observed {
  readonly reading: string;
  readonly reason: string | null;
  readonly tiles: readonly string[];
  readonly ledger: readonly string[];
  readonly saw: readonly (number | 'part')[];
  readonly pauses: readonly number[];
  /** Ways in which the ledger is wrong in itself, whatever the fault was; empty when it is right. */
  readonly ledgerFaults: readonly string[];
  /** Whether anything was sent that no row of the ledger stands for, or a picture twice in one request. */
  readonly sentTwice: boolean;
  /** Whether the key went anywhere but to the relay. */
  readonly keyLeaked: boolean;
}

/** What the driver knows. */
export interface Witnessed {
  readonly requests: readonly SeenRequest[];
  readonly pauses: readonly number[];
}

/** Looks at what a fault has left behind. */
export async function observe(database: Database, { requests, pauses }: Witnessed): Promise<Omit<Observed, 'keyLeaked'>> {
  const [reading, tiles, attempts] = await Promise.all([findReading(database, readingId), listTiles(database, readingId), listAttempts(database, { readingId })]);
  if (reading === null) throw new Error('the reading is gone');
  return {
    reading: await labelOf(database, reading),
    reason: reading.reason,
    tiles: tiles.map(({ state, reason, answer }) => (answer === null ? reason ?? state : String(answer.regions.length))),
    ledger: attempts.map((attempt) => `${kindOf(attempt)} ${attempt.outcome ?? '-'}`),
    saw: requests.map(({ whole, pictures }) => (whole ? pictures.length : 'part')),
    pauses,
    ledgerFaults: await faultsOfLedger(database, attempts),
    sentTwice: requests.length > attempts.filter(({ state }) => state !== 'void').length || requests.some(({ pictures }) => new Set(pictures).size < pictures.length),
  };
}

async function labelOf(database: Database, reading: StoredReading): Promise<string> {
  if (reading.state === 'held') return `held ${reading.heldFor ?? '-'}`;
  if (reading.state !== 'merged') return reading.state;
  const [slices, problems] = await Promise.all([listSlices(database, readingId), listProblems(database, readingId)]);
  return statusOf('merged', coverageOfSlices(slices, problems), problems.map(({ code }) => code)) ?? 'merged';
}

function kindOf({ state, costSource }: AttemptRecord): string {
  if (state !== 'settled') return state;
  return costSource === 'free' ? 'free' : costSource === 'price-row' ? 'paid' : `settled-by-${costSource}`;
}

/** What has to be true of every ledger. */
async function faultsOfLedger(database: Database, attempts: readonly AttemptRecord[]): Promise<readonly string[]> {
  const faults: string[] = [];
  const catalogue = shippedCatalogue();
  for (const [index, attempt] of attempts.entries()) {
    const { state, usage, costMicroUsd, maxCostMicroUsd, costSource, sentAt, endedAt } = attempt;
    const say = (what: string): void => { faults.push(`attempt ${index + 1} ${what}`); };
    if (endedAt === null) say('has no end');
    if (state === 'reserved' || state === 'sent') say('is still live');
    if (state !== 'void' && sentAt === null) say('was never sent');
    if (maxCostMicroUsd <= 0) say('reserved no money');
    if (state === 'unknown' ? costMicroUsd !== null : costMicroUsd === null) say('has no cost, or one that nobody knows');
    if ((state === 'void' || costSource === 'free') && costMicroUsd !== 0) say('costs something for nothing');
    if (state === 'estimated' && usage?.source !== 'forecast') say('is no estimate');
    if (costSource === 'price-row' && usage?.source !== 'relay') say('has a cost without a usage');
    if ((state === 'estimated' || costSource === 'price-row') && usage !== null) {
      const asked = attempt.modelServed !== null && catalogue.findModel(attempt.modelServed) !== null ? attempt.modelServed : attempt.modelRequested;
      const price = catalogue.priceAt(asked, attempt.reservedAt, usage.inputTokens, 100);
      const stored = price === null ? null : await findPrice(database, price.id);
      if (stored === null || costMicroUsd !== costOf(usage, stored) || costMicroUsd <= 0) say('has the wrong cost');
    }
  }
  const sums = await sumReading(database, readingId);
  const known = attempts.reduce((sum, { costMicroUsd }) => sum + (costMicroUsd ?? 0), 0);
  const possible = attempts.filter(({ state }) => state === 'unknown').reduce((sum, { maxCostMicroUsd }) => sum + maxCostMicroUsd, 0);
  if (sums.knownMicroUsd !== known || sums.possibleMicroUsd !== possible || sums.unpricedAttempts > 0) faults.push('the sums do not add up');
  return faults;
}
