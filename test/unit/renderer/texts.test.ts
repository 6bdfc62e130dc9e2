import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../src-shared/domain/errors.ts';
import { readingStates, tileStates } from '../../../src-shared/domain/reading.ts';
import en from '../../../src-renderer/i18n/en.json';
import zhCn from '../../../src-renderer/i18n/zh-CN.json';

type Texts = { readonly [key: string]: string | Texts };

function keysOf(texts: Texts, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) => typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`));
}

function textsAt(texts: Texts, key: string): string {
  const found = key.split('.').reduce<string | Texts | undefined>((at, part) => typeof at === 'object' ? at[part] : undefined, texts);
  return typeof found === 'string' ? found : '';
}

const withoutPlural = (key: string): string => key.replace(/_(one|other)$/, '');
const [english, chinese] = [keysOf(en), keysOf(zhCn)];

const root = fileURLToPath(new URL('../../../src-renderer/', import.meta.url));
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name)).map((name) => readFileSync(root + name, 'utf8'));
const source = sources.join('\n');

/** Keys and key patterns that the window asks for: `t('a.b')`, t(`a.${b}.c`), and literals chosen inside t(…). */
function isUsed(key: string): boolean {
  if (source.includes(`'${key}'`)) return true;
  return patterns.some((pattern) => pattern.test(key));
}
const patterns = [...source.matchAll(/\bt\(`([^`]*)`/g)].map(([, template = '']) =>
  new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '[\\w-]+')}$`));

describe('texts', () => {
  it('are the same in both languages', () => {
    expect(new Set(chinese.map(withoutPlural))).toEqual(new Set(english.map(withoutPlural)));
  });

  it('have the plural forms each language needs', () => {
    const counted = english.filter((key) => key.endsWith('_one')).map(withoutPlural);
    for (const key of counted) expect(english).toContain(`${key}_other`);
    expect(chinese.filter((key) => key.endsWith('_one'))).toEqual([]);
  });

  it('keep the same places to fill in', () => {
    const holes = (text: string): string[] => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].toSorted();
    for (const key of chinese) expect(holes(textsAt(zhCn, key)), key).toEqual(holes(textsAt(en, key)));
  });

  it('are all asked for somewhere', () => {
    expect([...new Set(english.map(withoutPlural))].filter((key) => !isUsed(key))).toEqual([]);
  });

  it('exist for every key the window asks for by name', () => {
    const asked = [...source.matchAll(/\bt\('([^']+)'/g)].map(([, key = '']) => key);
    const known = new Set(english.map(withoutPlural));
    expect(asked.filter((key) => !known.has(key))).toEqual([]);
    expect(asked.length).toBeGreaterThan(100);
  });

  it('cover every state, and every error but those that never reach the window', () => {
    const known = new Set(english);
    const unseen = ['sender-untrusted', 'usage-invalid'];
    expect(readingStates.filter((state) => !known.has(`state.${state}`))).toEqual([]);
    expect(tileStates.filter((state) => !known.has(`tile.${state}`))).toEqual([]);
    expect(errorCodes.filter((code) => !known.has(`errors.${code}.what`) && !unseen.includes(code))).toEqual([]);
  });
});
