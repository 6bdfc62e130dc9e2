import { describe, expect, it } from 'vitest';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { mergeDiscovered, readModelList } from '../../../src-main/relay/model-discovery.ts';

const catalogue = shippedCatalogue();
const today = Date.UTC(2026, 10, 23);

describe('readModelList', () => {
  it.each([
    ['2027-01-14', '2027-01-14'], ['2027-01-14T08:00:00Z', '2027-01-14'], ['2027-01-14T23:00:00-05:00', '2027-01-15'], [1_799_884_800, '2027-01-14'],
    [null, null], [undefined, null], ['soon', null], ['2027-02-30', null], [-1, null], [1e300, null], [{}, null],
  ])('reads a shutdown date of %j as %s', (date, day) => {
    expect(readModelList([{ id: 'm', object: 'model', shutdown_date: date, pricing: { prompt: '0' } }])).toEqual([{ id: 'm', shutdownDate: day }]);
  });
  it('leaves out what is no model, and more than anyone offers', () => {
    expect(readModelList([null, 'gpt', { id: '' }, { id: 'x'.repeat(201) }, { name: 'n' }, { id: 'm' }])).toEqual([{ id: 'm', shutdownDate: null }]);
    for (const data of [null, undefined, {}, 'models', 3]) expect(readModelList(data)).toEqual([]);
    expect(readModelList(Array.from({ length: 6000 }, (_, at) => ({ id: `m${String(at)}` })))).toHaveLength(5000);
  });
});

describe('mergeDiscovered', () => {
  const merged = mergeDiscovered(catalogue, readModelList([
    { id: 'llava-next' }, { id: 'openai/gpt-4.1-2025-04-14', shutdown_date: '2026-12-24' }, { id: 'gpt-4o' }, { id: 'claude-sonnet-4-5', shutdown_date: '2027-05-01' }, { id: 'new', shutdown_date: '2027-01-01' },
  ]), today);

  it('keeps the relay’s own names, and believes the earlier date', () => {
    expect(merged.filter((model) => model.offered)).toEqual([
      { id: 'openai/gpt-4.1-2025-04-14', knownAs: 'gpt-4.1', offered: true, needsDiagnosis: false, shutdownDate: '2026-12-24' },
      { id: 'gpt-4o', knownAs: 'gpt-4o', offered: true, needsDiagnosis: false, shutdownDate: null },
      { id: 'claude-sonnet-4-5', knownAs: 'claude-sonnet-4.5', offered: true, needsDiagnosis: false, shutdownDate: '2026-11-30' },
      { id: 'llava-next', knownAs: null, offered: true, needsDiagnosis: true, shutdownDate: null },
      { id: 'new', knownAs: null, offered: true, needsDiagnosis: true, shutdownDate: '2027-01-01' },
    ]);
  });
  it('shows every other listed model as not offered, none of them twice, and no practice model', () => {
    const others = merged.filter((model) => !model.offered).map((model) => model.id);
    expect(others).toContain('gpt-6-luna');
    for (const id of ['gpt-4.1', 'claude-sonnet-4.5', 'gpt-5.1', 'practice-vision']) expect(others).not.toContain(id);
    expect(others).toHaveLength(catalogue.modelViews(today, false).length - 2);
  });
});
