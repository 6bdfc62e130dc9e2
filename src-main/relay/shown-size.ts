import type { ImageDetail, TokenRule, TokenRuleOf } from './token-rule.ts';

/** Size of a picture, pixels. */
export interface ShownSize {
  readonly columns: number;
  readonly rows: number;
}

/** Square roots and quotients leave dust that would push an exact multiple into the next cell. */
const dust = 1e-9;

/**
 * Size in which a model is shown a picture: as sent, or as its provider makes it smaller (DeepSeek also larger).
 *
 * Gemini cuts pictures up instead of shrinking them as a whole, and nobody knows what unknown models do: both are given
 * back as sent.
 *
 * @param rule - The model family's way of counting.
 * @param size - As sent.
 * @param detail - As sent; null for none.
 */
export function shownSize(rule: TokenRule, size: ShownSize, detail: ImageDetail | null): ShownSize {
  switch (rule.family) {
    case 'tiles': return tilesSize(rule, size, detail);
    case 'patches': return patchesSize(rule, size, detail, true);
    case 'claude': return claudeSize(rule, size);
    case 'deepseek': return deepSeekSize(rule, size, detail);
    case 'qwen': return qwenSize(rule, size);
    case 'gemini-tiles':
    case 'fixed':
    case 'unknown': return size;
  }
}

/**
 * The level of a rule of patches that a request with this detail gets; levels it does not have count as `high`.
 *
 * @param rule - Of patches.
 * @param detail - As sent; null for none.
 */
export function patchLevel(rule: TokenRuleOf<'patches'>, detail: ImageDetail | null): TokenRuleOf<'patches'>['levels']['high'] {
  const name = detail === null || detail === 'auto' ? rule.auto : detail;
  const { low, high, original } = rule.levels;
  return name === 'low' ? low : name === 'original' ? (original ?? high) : high;
}

/**
 * OpenAI's 32-px patches: fit the side, then the budget, in whole patches, never enlarge.
 *
 * @param rule - Of patches.
 * @param size - As sent.
 * @param detail - As sent; null for none.
 * @param withSide - False to leave the limit of the side out.
 */
export function patchesSize(rule: TokenRuleOf<'patches'>, size: ShownSize, detail: ImageDetail | null, withSide: boolean): ShownSize {
  const { maxSide, patchBudget } = patchLevel(rule, detail);
  const fitted = withSide && maxSide !== null ? fitSide(size, maxSide) : size;
  const { columns, rows } = fitted;
  if (patchBudget === null || Math.ceil(columns / rule.side) * Math.ceil(rows / rule.side) <= patchBudget) return fitted;
  const shrink = Math.sqrt((rule.side ** 2 * patchBudget) / (columns * rows));
  const across = (columns * shrink) / rule.side;
  const down = (rows * shrink) / rule.side;
  const adjusted = shrink * Math.min(Math.floor(across + dust) / across, Math.floor(down + dust) / down);
  return scaled(fitted, adjusted);
}

/** OpenAI's tiles: fit the longer side, then bring the shorter one down, never enlarge. */
function tilesSize(rule: TokenRuleOf<'tiles'>, size: ShownSize, detail: ImageDetail | null): ShownSize {
  if (detail === 'low') return fitSide(size, rule.lowSide);
  const fit = Math.min(1, rule.maxSide / Math.max(size.columns, size.rows));
  return scaled(size, fit * Math.min(1, rule.maxShortSide / (Math.min(size.columns, size.rows) * fit)));
}

/** Anthropic: the largest longer side whose patches keep to both limits. Published sizes come out by rounding a half up, not to even. */
function claudeSize(rule: TokenRuleOf<'claude'>, { columns, rows }: ShownSize): ShownSize {
  const fits = (width: number, height: number): boolean => {
    const across = Math.ceil(width / rule.side);
    const down = Math.ceil(height / rule.side);
    return across * rule.side <= rule.maxEdge && down * rule.side <= rule.maxEdge && across * down <= rule.maxTokens;
  };
  if (fits(columns, rows)) return { columns, rows };
  const aspect = Math.max(columns, rows) / Math.min(columns, rows);
  const shortOf = (long: number): number => Math.max(1, Math.round(long / aspect));
  let low = 1;
  let high = Math.max(columns, rows);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle, shortOf(middle))) low = middle;
    else high = middle - 1;
  }
  return columns >= rows ? { columns: low, rows: shortOf(low) } : { columns: shortOf(low), rows: low };
}

/** Fitted to measurements: the area is brought to between two squares; not in whole pixels. */
function deepSeekSize(rule: TokenRuleOf<'deepseek'>, size: ShownSize, detail: ImageDetail | null): ShownSize {
  const { columns, rows } = detail === 'low' ? fitSide(size, rule.lowSide) : size;
  const area = columns * rows;
  const wanted = Math.min(Math.max(area, rule.minSide ** 2), rule.maxSide ** 2);
  const scale = Math.sqrt(wanted / area);
  return { columns: columns * scale, rows: rows * scale };
}

function qwenSize({ side, maxTokens }: TokenRuleOf<'qwen'>, { columns, rows }: ShownSize): ShownSize {
  const across = Math.max(1, roundHalfEven(columns / side));
  const down = Math.max(1, roundHalfEven(rows / side));
  if (across * down <= maxTokens) return { columns: across * side, rows: down * side };
  const shrink = Math.sqrt((columns * rows) / (maxTokens * side ** 2));
  const cells = (length: number): number => Math.max(1, Math.floor(length / shrink / side + dust));
  return { columns: cells(columns) * side, rows: cells(rows) * side };
}

function fitSide(size: ShownSize, maxSide: number): ShownSize {
  return scaled(size, Math.min(1, maxSide / Math.max(size.columns, size.rows)));
}

function scaled({ columns, rows }: ShownSize, scale: number): ShownSize {
  return { columns: Math.max(1, Math.floor(columns * scale + dust)), rows: Math.max(1, Math.floor(rows * scale + dust)) };
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
