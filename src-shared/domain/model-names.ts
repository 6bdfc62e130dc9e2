/**
 * Names under which the catalogue may know what a relay calls a model, likeliest first.
 *
 * openai/gpt-4.1, gpt-4.1-2025-04-14, claude-sonnet-4-5-20250929, gemini-2.5-flash:free: prefix, date, variant suffix.
 *
 * @param id - As a relay writes it.
 */
export function namesToTry(id: string): readonly string[] {
  const plain = id.trim();
  const lower = plain.toLowerCase();
  const bare = (lower.split('/').at(-1) ?? lower).replace(/:[a-z0-9-]+$/, '').replace(/@.*$/, '');
  const undated = bare.replace(/-(\d{4}-\d{2}-\d{2}|\d{8})$/, '').replace(/-(latest|preview|maas)$/, '');
  const dotted = undated.replace(/(\d)-(\d)(?=$|-)/, '$1.$2');
  return [plain, lower, bare, undated, dotted];
}
