import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answerJsonSchema } from '../../../src-main/relay/answer-format.ts';
import { parseReadingProfiles, shippedProfiles } from '../../../src-main/reading/reading-profiles.ts';

const folder = new URL('../../../assets/profiles/', import.meta.url);
const files = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Record<string, unknown>);
const radiograph = files.find(({ id }) => id === 'chest-radiograph')!;

describe('shippedProfiles', () => {
  const { all } = shippedProfiles();

  it('is every file of assets/profiles', () => {
    expect(all.map(({ id }) => id).sort()).toEqual(files.map(({ id }) => id).sort());
  });

  it('says of everything but chest CT that it is a trial', () => {
    expect(all.filter(({ trial }) => !trial).map(({ id }) => id)).toEqual(['chest-ct']);
    for (const { titles, trial } of all) if (trial) expect([/trial/.test(titles.en), /试用/.test(titles['zh-CN'])]).toEqual([true, true]);
  });

  it('asks in neutral words: no place in the picture, no measure, no management', () => {
    const words = JSON.stringify(all.map(({ subject, task, attributes }) => [subject, task, attributes]));
    expect(words).not.toMatch(/coordinate|\bmm\b|millimet|pixel|cancer|malign|biops|recommend|follow-up|patient|BI-?RADS|diagnos/i);
  });

  it.each([
    ['chest-radiograph', { 'appearance pneumothorax': 'critical', 'appearance large-effusion': 'urgent', 'appearance wide-mediastinum': 'urgent' }],
    ['mammogram', { 'appearance spiculated-mass': 'urgent', 'appearance ill-defined-mass': 'urgent', 'appearance distortion': 'urgent', 'appearance clustered-microcalcifications': 'urgent' }],
    ['brain-mr', { 'appearance haemorrhage-like': 'critical', 'appearance midline-shift': 'critical', 'appearance extra-axial-collection': 'urgent', 'appearance mass-like': 'urgent' }],
    ['chest-ct', {}],
  ])('%s: what is more pressing than routine', (id, pressing) => {
    const { urgency } = shippedProfiles().find(id);
    expect(Object.fromEntries(urgency.map(({ attribute, value, priority }) => [`${attribute} ${value}`, priority]))).toEqual(pressing);
  });

  it('makes an answer format of each', () => {
    for (const profile of all) {
      const text = JSON.stringify(answerJsonSchema(profile));
      for (const { name, values } of profile.attributes) for (const word of [name, ...values]) expect(text).toContain(`"${word}"`);
    }
  });
});

describe('profileFor', () => {
  it.each([
    ['CT', 'CHEST', 'chest-ct'], ['CT', null, 'chest-ct'], ['DX', 'CHEST', 'chest-radiograph'], ['CR', 'Chest PA', 'chest-radiograph'], ['DX', null, 'chest-radiograph'],
    ['DX', '', 'chest-radiograph'], ['DX', 'HAND', null], ['CR', 'SKULL', null], ['MG', null, 'mammogram'], ['MG', 'BREAST', 'mammogram'], ['MR', 'BRAIN', 'brain-mr'],
    ['MR', 'HEAD_NECK', 'brain-mr'], ['MR', 'KNEE', null], ['MR', null, null], ['US', null, null], ['', '', null],
  ])('%s of %s: %s', (modality, bodyPart, id) => {
    expect(shippedProfiles().profileFor(modality, bodyPart)?.id ?? null).toBe(id);
  });
});

describe('parseReadingProfiles', () => {
  const [first] = radiograph['attributes'] as Record<string, unknown>[];

  it.each([
    ['an unknown field', { prompt: 'look' }],
    ['no longest side', { longestSide: null }],
    ['a window of its own', { window: { center: 0, width: 10 } }],
    ['a volume with a longest side', { kind: 'volume' }],
    ['no attributes', { attributes: [], urgency: [] }],
    ['two attributes of one name', { attributes: [first, first], urgency: [] }],
    ['an attribute that is a field of the answer', { attributes: [{ name: 'certainty', values: ['a', 'none'], meaning: '' }], urgency: [] }],
    ['no word for what cannot be told', { attributes: [{ ...first, values: ['pneumothorax', 'other'] }], urgency: [] }],
    ['a word twice', { attributes: [{ ...first, values: ['other', 'other', 'none'] }], urgency: [] }],
    ['urgency that nobody can answer', { urgency: [{ attribute: 'appearance', value: 'large', priority: 'urgent' }] }],
    ['urgency of no attribute', { urgency: [{ attribute: 'size', value: 'none', priority: 'urgent' }] }],
    ['words that are no words', { attributes: [{ name: 'Look here', values: ['a', 'none'], meaning: '' }], urgency: [] }],
  ])('refuses %s', (_, change) => {
    expect(() => parseReadingProfiles([{ ...radiograph, ...change }])).toThrow();
  });

  it('refuses two profiles with one id, and takes them with two', () => {
    expect(() => parseReadingProfiles([radiograph, radiograph])).toThrow();
    const both = parseReadingProfiles([radiograph, { ...radiograph, id: 'other' }]);
    expect(both.all.length).toBe(2);
    expect(both.profileFor('DX')?.id).toBe('chest-radiograph');
  });

  it('finds by id and refuses what is not there', () => {
    expect(shippedProfiles().find('mammogram').id).toBe('mammogram');
    expect(() => shippedProfiles().find('knee')).toThrow(RangeError);
  });
});
