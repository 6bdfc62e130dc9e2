import type { TokenUsage } from '../../../../src-shared/domain/attempt.ts';
import { shippedCatalogue } from '../../../../src-main/relay/catalogue.ts';
import { imageTokens } from '../../../../src-main/relay/image-tokens.ts';
import { requestTextLength } from '../../../../src-main/relay/request-body.ts';
import type { ProbeAnswer } from '../../../../src-main/relay/diagnosis/probe-evidence.ts';
import { probeProfile } from '../../../../src-main/relay/diagnosis/probe-profile.ts';
import { dealProbeSheet } from '../../../../src-main/relay/diagnosis/probe-sheet.ts';

/** Numbers that look random and are always the same. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const catalogue = shippedCatalogue();
export const sheet = dealProbeSheet(seeded(7));
export const numbers = sheet.tiles.map(({ number }) => number);

/** What a model says that sees everything. */
export interface Said {
  readonly request: unknown;
  readonly seen: readonly unknown[];
  readonly unclear: readonly unknown[];
  readonly regions: readonly Readonly<Record<string, unknown>>[];
}

export const right: Said = {
  request: 'CODE', seen: numbers, unclear: [],
  regions: sheet.tiles.flatMap(({ number, discs }) => discs.map(({ attenuation }) => ({ tile: number, attenuation, certainty: 'high' }))),
};

/** Usage as a relay reports it; imageTokens null: only the sum. */
export function usage(inputTokens: number, image: number | null = null): TokenUsage {
  return { inputTokens, cachedInputTokens: 0, outputTokens: 100, reasoningTokens: 0, imageTokens: image, source: 'relay' };
}

/** A sound answer of a model, with changes. */
export function answerWith(change: Partial<ProbeAnswer> & { readonly said?: Said; readonly content?: string } = {}): ProbeAnswer {
  const { said = right, content = JSON.stringify(said), model = 'gpt-6-luna', ...rest } = change;
  const row = catalogue.modelOrUnknown(model);
  const textLength = requestTextLength({ purpose: 'image', profile: probeProfile(), nonce: 'CODE', pictures: [sheet] }, row.firstFormat);
  const image = imageTokens(row.tokenRule, sheet.columns, sheet.rows, row.parameters.imageDetail).expected;
  return {
    model, modelServed: model, row, sheet, nonce: 'CODE', format: row.firstFormat, textLength,
    choice: { finishReason: 'stop', content, toolArguments: null, refused: false },
    usage: usage(image + Math.round(textLength.all / 4)), latencyMs: 2300, detail: 'no-levels', ...rest,
  };
}
