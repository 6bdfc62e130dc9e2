import { patchesSize, patchLevel, shownSize } from './shown-size.ts';
import type { ShownSize } from './shown-size.ts';
import type { ImageDetail, TokenRule, TokenRuleOf } from './token-rule.ts';

export type { TokenRule } from './token-rule.ts';

/** Tokens of one image: what to reckon with, and the least that a model which saw it can have counted. */
export interface ImageTokens {
  readonly expected: number;
  readonly least: number;
}

/**
 * Forecasts the tokens of one image (facts/relay.md section 2).
 *
 * @param rule - The model family's way of counting.
 * @param columns - Image width, pixels.
 * @param rows - Image height, pixels.
 * @param detail - Level of detail that is asked for; null where none is sent.
 */
export function imageTokens(rule: TokenRule, columns: number, rows: number, detail: ImageDetail | null = 'high'): ImageTokens {
  const size = { columns, rows };
  const shown = shownSize(rule, size, detail);
  switch (rule.family) {
    case 'tiles': return exactly(rule.base + (detail === 'low' ? 0 : rule.perTile * cells(shown, rule.tileSide)));
    case 'patches': return patchTokens(rule, size, shown, detail);
    case 'claude': return exactly(cells(shown, rule.side));
    case 'gemini-tiles': return geminiTiles(rule, size, detail);
    case 'fixed': return exactly(fixedTokens(rule, detail));
    case 'deepseek': return exactly(Math.min(rule.maxTokens, deepSeekCells(rule, shown)));
    // Two more mark where the picture begins and ends.
    case 'qwen': return exactly(cells(shown, rule.side) + 2);
    case 'unknown': return { expected: Math.max(1600, Math.ceil((columns * rows) / 256)), least: 64 };
  }
}

/**
 * Whether the provider makes a picture smaller before the model sees it, so that detail is lost.
 *
 * Where two published rules disagree the stricter one counts; of an unknown model nothing larger than 1024 px is
 * taken to be seen as it is.
 *
 * @param rule - The model family's way of counting.
 * @param columns - Image width, pixels.
 * @param rows - Image height, pixels.
 * @param detail - Level of detail that is asked for; null where none is sent.
 */
export function isDownsampled(rule: TokenRule, columns: number, rows: number, detail: ImageDetail | null = 'high'): boolean {
  switch (rule.family) {
    case 'tiles':
    case 'patches':
    case 'claude':
    case 'deepseek': {
      const shown = shownSize(rule, { columns, rows }, detail);
      return shown.columns < columns || shown.rows < rows;
    }
    case 'qwen': return Math.round(columns / rule.side) * Math.round(rows / rule.side) > rule.maxTokens;
    case 'gemini-tiles':
      if (detail === 'low' || detail === 'medium') return Math.max(columns, rows) > rule.tileSide;
      return cropUnit(columns, rows) > rule.tileSide;
    case 'fixed': return columns * rows > fixedTokens(rule, detail) * rule.pixelsPerToken;
    case 'unknown': return Math.max(columns, rows) > 1024;
  }
}

/**
 * Side of the squares a family counts in, in pixels: sides that are multiples of it waste nothing.
 *
 * @returns null where the count does not go by a fixed square.
 */
export function tokenGrain(rule: TokenRule): number | null {
  switch (rule.family) {
    case 'tiles': return rule.tileSide;
    case 'patches':
    case 'claude':
    case 'deepseek':
    case 'qwen': return rule.side;
    case 'gemini-tiles':
    case 'fixed':
    case 'unknown': return null;
  }
}

function exactly(tokens: number): ImageTokens {
  return { expected: tokens, least: tokens };
}

function cells({ columns, rows }: ShownSize, side: number): number {
  return Math.ceil(columns / side) * Math.ceil(rows / side);
}

function patchTokens(rule: TokenRuleOf<'patches'>, size: ShownSize, shown: ShownSize, detail: ImageDetail | null): ImageTokens {
  // The product of a whole number and a decimal fraction may lie a little above the whole number it is.
  const tokens = ({ columns, rows }: ShownSize): number => Math.ceil(cells({ columns, rows }, rule.side) * rule.multiplier - 1e-9);
  const published = tokens(shown);
  if (patchLevel(rule, detail).sideIsBilled) return exactly(published);
  const measured = tokens(patchesSize(rule, size, detail, false));
  return { expected: Math.max(published, measured), least: Math.min(published, measured) };
}

function fixedTokens(rule: TokenRuleOf<'fixed'>, detail: ImageDetail | null): number {
  switch (detail) {
    case 'low': return rule.levels.low;
    case 'medium': return rule.levels.medium;
    case 'high': return rule.levels.high;
    case 'ultra_high': return rule.levels.ultra_high;
    case 'original':
    case 'auto':
    case null: return rule.levels[rule.auto];
  }
}

/** Google's published rules disagree (facts/relay.md 2.3): reckon with the upper, demand only the lower. */
function geminiTiles(rule: TokenRuleOf<'gemini-tiles'>, { columns, rows }: ShownSize, detail: ImageDetail | null): ImageTokens {
  if (detail === 'low' || detail === 'medium') return exactly(rule.levels[detail]);
  if (columns <= rule.smallSide && rows <= rule.smallSide) return exactly(rule.perTile);
  const upper = rule.perTile * cells({ columns, rows }, cropUnit(columns, rows));
  const lower = rule.perTile * cells({ columns, rows }, rule.tileSide);
  return { expected: Math.max(upper, lower), least: Math.min(upper, lower) };
}

/** Side of the squares that Gemini 2.x cuts a picture into, by its documentation's rough formula. */
function cropUnit(columns: number, rows: number): number {
  return Math.max(1, Math.floor(Math.min(columns, rows) / 1.5));
}

function deepSeekCells(rule: TokenRuleOf<'deepseek'>, { columns, rows }: ShownSize): number {
  const along = (length: number): number => Math.max(1, Math.ceil(length / rule.side - 1e-9));
  return along(rows) * (along(columns) + 1) + 5;
}
