import { describe, expect, it } from 'vitest';
import { readTileAnswers } from '../../../src-main/relay/tile-answers.ts';
import { askedRequest, plannedSheet } from '../../helpers/asked-request.ts';

const request = askedRequest([plannedSheet([1, 2]), plannedSheet([3])]);
const region = { tile: 1, attenuation: 'solid', margin: 'smooth', alternative: 'none', certainty: 'high' };
const sound = { request: request.nonce, seen: [1, 2, 3], unclear: [] as unknown[], regions: [region] as unknown[] };

function statesOf(change: Readonly<Record<string, unknown>>): readonly string[] | 'invalid' {
  const parsed = readTileAnswers({ ...sound, ...change }, request);
  if (!parsed.ok) return 'invalid';
  return [...parsed.answers].map(([number, answer]) => `${String(number)} ${answer.state === 'valid' ? String(answer.regions.length) : `${answer.state} ${answer.code}`}`);
}
const whole = ['1 1', '2 0', '3 0'];
const firstFailed = ['1 failed answer-invalid', '2 0', '3 0'];

describe('readTileAnswers', () => {
  it('tells what each tile shows', () => {
    expect(statesOf({})).toEqual(whole);
  });
  it('takes "cannot be made out" as a gap, never as nothing seen', () => {
    expect(statesOf({ seen: [1, 3], unclear: [2] })).toEqual(['1 1', '2 refused answer-refused', '3 0']);
    expect(statesOf({ seen: [], unclear: [1, 2, 3], regions: [] })).toEqual(['1 refused answer-refused', '2 refused answer-refused', '3 refused answer-refused']);
  });

  it.each([
    ['missing', { seen: [2, 3], regions: [] }], ['missing, though it has a region', { seen: [2, 3] }], ['doubled', { seen: [1, 1, 2, 3] }], ['doubled among the unclear', { seen: [2, 3], unclear: [1, 1], regions: [] }],
    ['in both lists', { unclear: [1] }], ['unclear and has a region', { seen: [2, 3], unclear: [1] }],
    ['has a word nobody knows', { regions: [{ ...region, attenuation: 'shiny' }] }], ['has a word of another attribute', { regions: [{ ...region, attenuation: 'smooth' }] }], ['has a certainty nobody knows', { regions: [{ ...region, certainty: '85 %' }] }],
    ['has a number for a word', { regions: [{ ...region, certainty: 0.8 }] }], ['has coordinates', { regions: [{ ...region, box: [1, 2, 3, 4] }] }], ['has a size', { regions: [{ ...region, diameter_mm: 8 }] }],
    ['lacks an attribute', { regions: [{ tile: 1, attenuation: 'solid', margin: 'smooth', certainty: 'high' }] }], ['lacks its certainty', { regions: [{ tile: 1, attenuation: 'solid', margin: 'smooth', alternative: 'none' }] }],
    ['has one bad region among good ones', { regions: [region, { ...region, margin: '<b>smooth</b>' }] }], ['has too many regions', { regions: Array.from({ length: 9 }, () => region) }],
    ['has a list for a word', { regions: [{ ...region, margin: ['smooth'] }] }], ['has a very long word', { regions: [{ ...region, margin: `smooth${' '.repeat(10_000)}` }] }],
  ])('fails a tile alone that is %s', (_, change) => {
    expect(statesOf(change)).toEqual(firstFailed);
  });

  it.each([
    ['a number that was not asked for', { seen: [1, 2, 3, 4] }], ['one among the unclear', { unclear: [0] }], ['a region of one', { regions: [{ ...region, tile: 4 }] }], ['numbers as text', { seen: ['1', '2', '3'] }], ['a fraction', { seen: [1, 2, 3, 2.5] }],
    ['a region without a tile', { regions: [{ ...region, tile: undefined }] }], ['coordinates instead of a tile', { regions: [{ ...region, tile: [120, 80] }] }], ['another code', { request: 'zzz' }], ['no code', { request: undefined }],
    ['words for a list', { regions: 'none' }], ['nothing for a list', { regions: null }], ['a field too many', { summary: 'all normal' }], ['a field too few', { unclear: undefined }], ['thousands of numbers', { seen: Array.from({ length: 2001 }, () => 1) }],
  ])('fails the whole for %s', (_, change) => {
    expect(statesOf(change)).toBe('invalid');
  });
  it.each([null, 1, 'x', [], [sound], {}])('fails the whole for %j', (value) => {
    expect(readTileAnswers(value, request)).toEqual({ ok: false });
  });

  it('knows the profile’s words in any case, with spaces or underscores', () => {
    const parsed = readTileAnswers({ ...sound, regions: [{ ...region, attenuation: ' Ground glass', margin: 'ILL_DEFINED', certainty: 'High ' }] }, request);
    expect(parsed.ok && parsed.answers.get(1)).toEqual({ state: 'valid', regions: [{ attributes: { attenuation: 'ground-glass', margin: 'ill-defined', alternative: 'none' }, certainty: 'high' }] });
  });
  it('asks for the attributes of the profile it is given, even of awkward names', () => {
    const profile = { ...request.profile, attributes: [{ name: 'constructor', values: ['a', 'b'], meaning: 'x' }] };
    const parsed = readTileAnswers({ ...sound, regions: [{ tile: 1, constructor: 'b', certainty: 'low' }] }, { ...request, profile });
    expect(parsed.ok && parsed.answers.get(1)).toEqual({ state: 'valid', regions: [{ attributes: { constructor: 'b' }, certainty: 'low' }] });
    const missing = readTileAnswers({ ...sound, regions: [{ tile: 1, certainty: 'low', other: 'b' }] }, { ...request, profile });
    expect(missing.ok && missing.answers.get(1)?.state).toBe('failed');
  });
});
