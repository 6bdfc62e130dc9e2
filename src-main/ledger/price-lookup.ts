import type { EpochMs } from '../../src-shared/domain/units.ts';
import type { PriceRow } from '../store/price-table.ts';

/** What a price depends on. */
export interface PriceQuestion {
  /** As the ledger names the relay. */
  readonly relayName: string;
  /** As the relay writes it. */
  readonly model: string;
  readonly at: EpochMs;
  /** The request's whole input, cached or not. */
  readonly promptTokens: number;
  /** What the relay takes of the list price, percent. */
  readonly multiplierPercent: number;
}

/** Finds the price of a request; null where nobody knows it. */
export type PriceLookup = (question: PriceQuestion) => Promise<PriceRow | null>;
