import { imageTokens } from '../image-tokens.ts';
import type { CatalogueModel } from '../model-catalogue.ts';
import type { ImageDetail } from '../token-rule.ts';
import type { ProbeSheet } from './probe-sheet.ts';

/** A level of detail to ask with a second time. */
export interface OtherDetail {
  readonly detail: ImageDetail;
  /** Tokens that the picture takes more (or less) than at the model's own level, as published. */
  readonly expectedChange: number;
}

/** A smaller change is not told from chance. */
const leastChange = 0.25;

/**
 * The level of detail whose charge tells best whether the relay passes levels on: the cheapest that differs.
 *
 * @param row - The model.
 * @param sheet - Picture that is sent.
 * @returns Null where no level is charged differently.
 */
export function otherDetail({ tokenRule, parameters }: Pick<CatalogueModel, 'tokenRule' | 'parameters'>, { columns, rows }: Pick<ProbeSheet, 'columns' | 'rows'>): OtherDetail | null {
  const tokens = (detail: ImageDetail | null): number => imageTokens(tokenRule, columns, rows, detail).expected;
  const own = tokens(parameters.imageDetail);
  const others = parameters.imageDetails
    .map((detail) => ({ detail, expectedChange: tokens(detail) - own }))
    .filter(({ expectedChange }) => Math.abs(expectedChange) >= leastChange * own)
    .sort((a, b) => a.expectedChange - b.expectedChange);
  return others[0] ?? null;
}
