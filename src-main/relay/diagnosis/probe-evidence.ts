import type { TokenUsage } from '../../../src-shared/domain/attempt.ts';
import type { ErrorCode } from '../../../src-shared/domain/errors.ts';
import type { AnswerFormat } from '../answer-format.ts';
import type { Choice } from '../envelope.ts';
import type { CatalogueModel } from '../model-catalogue.ts';
import type { ImageDetail } from '../token-rule.ts';
import type { ProbeSheet } from './probe-sheet.ts';

/** What another level of detail was charged, in input tokens. */
export interface DetailEvidence {
  readonly detail: ImageDetail;
  /** More (or less) than the first request, as published. */
  readonly expectedChange: number;
  /** As reported; null where the request got no answer or no usage. */
  readonly reportedChange: number | null;
}

/** A model's answer to the drawn picture, with all that is to be judged. */
export interface ProbeAnswer {
  /** As it was asked for. */
  readonly model: string;
  /** As the relay reported it. */
  readonly modelServed: string | null;
  /** Catalogue row of the model, as it holds for the relay. */
  readonly row: CatalogueModel;
  readonly sheet: ProbeSheet;
  readonly nonce: string;
  readonly format: AnswerFormat;
  readonly choice: Choice | null;
  readonly usage: TokenUsage | null;
  /** Characters of the prompt alone, and with the schema where one went along. */
  readonly textLength: { readonly words: number; readonly all: number };
  readonly latencyMs: number;
  /** no-levels: the model has none that are charged differently. */
  readonly detail: DetailEvidence | 'no-levels' | 'not-asked';
}

/** What came of asking; `none`: no answer, for this reason. */
export type ProbeEvidence =
  | { readonly kind: 'none'; readonly code: ErrorCode }
  | { readonly kind: 'answer'; readonly answer: ProbeAnswer };
