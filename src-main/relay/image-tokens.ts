/**
 * How a model family counts an image; numbers come from the catalogue, formulas from facts/relay.md section 2.
 *
 * tiles: OpenAI's 512-px tiles. patches: OpenAI's 32-px patches. claude: 28-px patches. gemini-tiles: Gemini 2.x.
 * fixed: Gemini 3 and later. deepseek: 42-px cells. qwen: 32-px cells. unknown: nobody knows, so a generous guess.
 */
export type TokenRule =
  | { readonly family: 'tiles'; readonly base: number; readonly perTile: number }
  | { readonly family: 'patches'; readonly multiplier: number; readonly patchBudget: number; readonly maxSide: number }
  | { readonly family: 'claude'; readonly maxEdge: number; readonly maxTokens: number }
  | { readonly family: 'gemini-tiles' }
  | { readonly family: 'fixed'; readonly tokens: number }
  | { readonly family: 'deepseek' }
  | { readonly family: 'qwen'; readonly maxTokens: number }
  | { readonly family: 'unknown' };

/** Tokens of one image: what to reckon with, and the least that a model which saw it can have counted. */
export interface ImageTokens {
  readonly expected: number;
  readonly least: number;
}

/**
 * Forecasts the tokens of one image.
 *
 * @param rule - The model family's way of counting.
 * @param columns - Image width, pixels.
 * @param rows - Image height, pixels.
 */
export function imageTokens(rule: TokenRule, columns: number, rows: number): ImageTokens {
  switch (rule.family) {
    case 'tiles': return exactly(rule.base + rule.perTile * openAiTiles(columns, rows));
    case 'patches': return exactly(Math.ceil(openAiPatches(rule.patchBudget, rule.maxSide, columns, rows) * rule.multiplier));
    case 'claude': return exactly(claudePatches(rule.maxEdge, rule.maxTokens, columns, rows));
    case 'gemini-tiles': return geminiTiles(columns, rows);
    case 'fixed': return exactly(rule.tokens);
    case 'deepseek': return exactly(deepSeekCells(columns, rows));
    case 'qwen': return exactly(qwenCells(rule.maxTokens, columns, rows));
    case 'unknown': return { expected: Math.max(1600, Math.ceil((columns * rows) / 256)), least: 64 };
  }
}

function exactly(tokens: number): ImageTokens {
  return { expected: tokens, least: tokens };
}

/** OpenAI: fit 2048 x 2048, then bring the short side down to 768, never enlarge. */
function openAiTiles(columns: number, rows: number): number {
  const fit = Math.min(1, 2048 / Math.max(columns, rows));
  const short = Math.min(columns, rows) * fit;
  const scale = fit * Math.min(1, 768 / short);
  const tiles = (side: number): number => Math.max(1, Math.ceil(Math.floor(side * scale) / 512));
  return tiles(columns) * tiles(rows);
}

function openAiPatches(patchBudget: number, maxSide: number, columns: number, rows: number): number {
  const fit = Math.min(1, maxSide / Math.max(columns, rows));
  const width = Math.max(1, Math.floor(columns * fit));
  const height = Math.max(1, Math.floor(rows * fit));
  const patches = Math.ceil(width / 32) * Math.ceil(height / 32);
  if (patches <= patchBudget) return patches;
  const shrink = Math.sqrt((1024 * patchBudget) / (width * height));
  const across = (width * shrink) / 32;
  const down = (height * shrink) / 32;
  const adjusted = shrink * Math.min(Math.floor(across) / across, Math.floor(down) / down);
  return Math.max(1, Math.ceil(Math.floor(width * adjusted) / 32)) * Math.max(1, Math.ceil(Math.floor(height * adjusted) / 32));
}

function claudePatches(maxEdge: number, maxTokens: number, columns: number, rows: number): number {
  const count = (width: number, height: number): number => Math.ceil(width / 28) * Math.ceil(height / 28);
  const fits = (width: number, height: number): boolean =>
    Math.ceil(width / 28) * 28 <= maxEdge && Math.ceil(height / 28) * 28 <= maxEdge && count(width, height) <= maxTokens;
  if (fits(columns, rows)) return count(columns, rows);
  const aspect = Math.max(columns, rows) / Math.min(columns, rows);
  const shortOf = (long: number): number => Math.max(1, roundHalfEven(long / aspect));
  let low = 1;
  let high = Math.max(columns, rows);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle, shortOf(middle))) low = middle;
    else high = middle - 1;
  }
  return count(low, shortOf(low));
}

/** Google's two published rules disagree (facts/relay.md 2.3): reckon with the upper, demand only the lower. */
function geminiTiles(columns: number, rows: number): ImageTokens {
  if (columns <= 384 && rows <= 384) return exactly(258);
  const unit = Math.max(1, Math.floor(Math.min(columns, rows) / 1.5));
  const upper = 258 * Math.ceil(columns / unit) * Math.ceil(rows / unit);
  const lower = 258 * Math.ceil(columns / 768) * Math.ceil(rows / 768);
  return { expected: Math.max(upper, lower), least: Math.min(upper, lower) };
}

/** Fitted to measurements: area brought to between 546 x 546 and 1302 x 1302, cells of 42 px. */
function deepSeekCells(columns: number, rows: number): number {
  const area = columns * rows;
  const scale = area < 546 ** 2 ? Math.sqrt(546 ** 2 / area) : area > 1302 ** 2 ? Math.sqrt(1302 ** 2 / area) : 1;
  // The square root leaves dust that would push an exact multiple over into the next cell.
  const cells = (side: number): number => Math.max(1, Math.ceil((side * scale) / 42 - 1e-9));
  return cells(rows) * (cells(columns) + 1) + 5;
}

function qwenCells(maxTokens: number, columns: number, rows: number): number {
  const across = Math.max(1, roundHalfEven(columns / 32));
  const down = Math.max(1, roundHalfEven(rows / 32));
  if (across * down <= maxTokens) return across * down + 2;
  const beta = Math.sqrt((columns * rows) / (maxTokens * 1024));
  return Math.max(1, Math.floor(columns / beta / 32)) * Math.max(1, Math.floor(rows / beta / 32)) + 2;
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
