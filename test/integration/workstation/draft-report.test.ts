import { describe, expect, it } from 'vitest';
import { createAttemptLedger } from '../../../src-main/ledger/attempt-ledger.ts';
import { systemClock } from '../../../src-main/platform/clock.ts';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import type { RelayChoice } from '../../../src-main/reading/reading-desk.ts';
import { endSearch } from '../../../src-main/store/candidate-table.ts';
import { replaceFindings } from '../../../src-main/store/finding-table.ts';
import { replaceLungOutline } from '../../../src-main/store/lung-outline-table.ts';
import { listAttempts } from '../../../src-main/store/attempt-table.ts';
import type { Database } from '../../../src-main/store/open-database.ts';
import { draftReport } from '../../../src-main/workstation/draft-report.ts';
import type { ReportDesk } from '../../../src-main/workstation/draft-report.ts';
import { createPriceLookup } from '../../../src-main/workstation/catalogue-prices.ts';
import type { ReadingPlan, ReadingState } from '../../../src-shared/domain/reading.ts';
import { epochMs } from '../../../src-shared/domain/units.ts';
import { databaseWithReading } from '../../helpers/fresh-database.ts';
import { sampleCandidate, sampleSize } from '../../helpers/sample-candidate.ts';
import { textRelay } from '../relay/text-relay.ts';
import type { SeenTextRequest, TextAnswer } from '../relay/text-relay.ts';
import { sampleFinding } from '../../unit/review/report/report-fixture.ts';

const sentence = 'There is a solid nodule in the right upper lobe, 6.2 mm in diameter, volume 268 mm³, on slice 42 of 100.';
const sound = JSON.stringify({ findings: [{ ref: 1, sentence }], impression: [{ ref: 1, sentence: 'Solid right upper lobe nodule, 6.2 mm.' }] });
const unknownModel: TextAnswer = { status: 404, body: { error: { message: 'no such model' } } };

interface Exam {
  readonly state?: ReadingState;
  readonly plan?: ReadingPlan;
  readonly practice?: boolean;
  readonly findings?: Parameters<typeof replaceFindings>[2];
  readonly modality?: string;
}

async function examWith({ state = 'merged', plan = 'relay', practice = false, findings = [sampleFinding()], modality = 'CT' }: Exam): Promise<Database> {
  const database = await databaseWithReading(state);
  await database.insertInto('series').values({
    study_id: 's', series_instance_uid: '1.2.3', modality, transfer_syntax_uid: '1.2.840.10008.1.2.1', series_number: 1, series_description: null, instance_count: 100,
    spacing_between_slices_mm: 1, chosen: 1, rejection_code: null, rejection_text: null,
  }).execute();
  await database.updateTable('reading').set({ plan, practice: practice ? 1 : 0 }).where('id', '=', 'r').execute();
  await database.updateTable('study').set({ patient_name: 'Grün^Anna', patient_id: 'P-4711', study_date: '20260115' }).execute();
  await replaceFindings(database, 'r', findings);
  const search = { state: 'done', startedAt: epochMs(1), searchedSlices: 100, missedSlices: [], spacingNote: null, foundCount: 1, tookMs: 1 } as const;
  await endSearch(database, 'r', search, [sampleCandidate({ sliceIndex: 41, size: sampleSize(62) })]);
  await replaceLungOutline(database, 'r', { kind: 'lungs', reason: null, notes: [], rightMl: 2000, leftMl: 1900, extent: null, sliceCount: 100 }, { columns: 1, rows: 1, slices: 1, step: [1, 1, 1], labels: new Uint8Array(1) });
  return database;
}

/** A desk with a real ledger over a relay that answers by the test's script. */
async function deskWith(exam: Exam, answer: (request: SeenTextRequest) => TextAnswer, change: Partial<ReportDesk> & { readonly hold?: RelayChoice } = {}) {
  const database = await examWith(exam);
  const prices = createPriceLookup(async () => shippedCatalogue());
  const ledger = createAttemptLedger(database, systemClock, async () => ({ timeZone: 'UTC', monthlyBudgetMicroUsd: null }), { note: () => undefined }, () => undefined, prices);
  const { deps, target, seen } = await textRelay(ledger, answer);
  const desk: ReportDesk = {
    database, sending: deps, settings: async () => ({ modelOverrides: [] }), listed: async () => [],
    chooseRelay: async () => change.hold ?? { kind: 'target', target, model: 'gpt-6.1-sol' }, ...change,
  };
  return { desk, seen, target, attempts: () => listAttempts(database, { readingId: 'r' }) };
}

describe('draftReport', () => {
  it('puts the sentences of the cheapest text model into the report, with a price in the ledger', async () => {
    const { desk, seen, attempts } = await deskWith({}, () => sound);
    const report = await draftReport(desk, 'r', 'en', { byModel: true });
    expect(report).toMatchObject({ source: 'model', model: 'gpt-6-luna', rejected: null, because: null });
    expect(report.text).toContain(`1. ${sentence}\n   Marked by: the device.`);
    expect(report.text).toContain('Not a medical device.');
    expect(await attempts()).toMatchObject([{ state: 'settled', outcome: 'ok', relayName: 'Relay of words', modelRequested: 'gpt-6-luna', costMicroUsd: 130, costSource: 'price-row' }]);
    expect(seen).toHaveLength(1);
  });

  it('sends nobody’s name, number, date or UID', async () => {
    const { desk, seen } = await deskWith({}, () => sound);
    await draftReport(desk, 'r', 'zh-CN', { byModel: true });
    expect(JSON.stringify(seen[0]?.body)).not.toMatch(/Grün|Anna|4711|2026|1\.2\.840|finding-id|"r"/);
  });

  it.each([
    ['a number', sentence.replace('6.2', '6'), { kind: 'number', part: 'findings', ref: 1, said: '6' }],
    ['a side', sentence.replace('right', 'left'), { kind: 'side', part: 'findings', ref: 1, said: 'left' }],
    ['advice', `${sentence.slice(0, -1)}, follow-up.`, { kind: 'word-denied', part: 'findings', ref: 1, said: 'follow-up' }],
  ])('writes the template’s report where the model changes or adds %s, and says so', async (_, changed, mismatch) => {
    const { desk, attempts } = await deskWith({}, () => JSON.stringify({ findings: [{ ref: 1, sentence: changed }], impression: [{ ref: 1, sentence: 'Nodule.' }] }));
    const report = await draftReport(desk, 'r', 'en', { byModel: true });
    expect(report).toMatchObject({ source: 'template', model: 'gpt-6-luna', because: { reason: 'draft-rejected', code: null } });
    expect(report.rejected).toContainEqual(mismatch);
    expect(report.text).toContain('1. Solid nodule in the right upper lobe, mean diameter 6.2 mm, volume 268 mm³, on slice 42 of 100.');
    expect(report.text).not.toContain(changed);
    expect(await attempts()).toHaveLength(1);
  });

  it('asks the model that read the exam where the relay does not serve the cheapest', async () => {
    const { desk, seen } = await deskWith({}, ({ body }) => (body.model === 'gpt-6.1-sol' ? sound : unknownModel));
    expect(await draftReport(desk, 'r', 'en', { byModel: true })).toMatchObject({ source: 'model', model: 'gpt-6.1-sol' });
    expect(seen.map(({ body }) => body.model)).toEqual(['gpt-6-luna', 'gpt-6.1-sol']);
  });

  it('asks the cheapest that the relay lists, by its own name', async () => {
    const { desk, seen } = await deskWith({}, () => sound, { listed: async () => [{ id: 'openai/gpt-6.1-terra', shutdownDate: null }, { id: 'openai/gpt-6.1-sol', shutdownDate: null }] });
    await draftReport(desk, 'r', 'en', { byModel: true });
    expect(seen.map(({ body }) => body.model)).toEqual(['openai/gpt-6.1-terra']);
  });

  it.each<readonly [string, Exam, Parameters<typeof deskWith>[2], unknown]>([
    ['the plan is the device alone', { plan: 'device-only' }, {}, { reason: 'device-only', code: null }],
    ['the answers are practice', { practice: true }, {}, { reason: 'practice', code: null }],
    ['there is no finding', { findings: [] }, {}, { reason: 'no-findings', code: null }],
    ['there are too many', { findings: Array.from({ length: 41 }, (_, index) => sampleFinding({ id: `f${String(index)}` })) }, {}, { reason: 'too-many-findings', code: null }],
    ['the relay is off the network', {}, { hold: { kind: 'hold', holdFor: 'offline', code: 'relay-unreachable' } }, { reason: 'relay', code: 'relay-unreachable' }],
    ['nobody agreed to the relay', {}, { hold: { kind: 'hold', holdFor: 'consent', code: 'data-flow-unconfirmed' } }, { reason: 'relay', code: 'data-flow-unconfirmed' }],
    ['the relay offers no model with a price', {}, { listed: async () => [{ id: 'unheard-of', shutdownDate: null }] }, { reason: 'no-model', code: null }],
  ])('sends nothing where %s', async (_, exam, change, because) => {
    const { desk, seen, attempts } = await deskWith(exam, () => sound, change);
    const report = await draftReport(desk, 'r', 'zh-CN', { byModel: true });
    expect(report).toMatchObject({ source: 'template', model: null, rejected: null, because });
    expect(report.text).toContain('非医疗器械');
    expect(seen).toEqual([]);
    expect(await attempts()).toEqual([]);
  });

  it('sends nothing to the practice relay', async () => {
    const { desk, target, seen } = await deskWith({}, () => sound);
    const practice = { kind: 'target', target: { ...target, practice: true }, model: 'practice-vision' } as const;
    expect(await draftReport({ ...desk, chooseRelay: async () => practice }, 'r', 'en', { byModel: true })).toMatchObject({ source: 'template', because: { reason: 'practice' } });
    expect(seen).toEqual([]);
  });

  it('writes the template’s report where the relay fails, and says why', async () => {
    const { desk } = await deskWith({}, () => ({ status: 402, body: { error: { message: 'insufficient balance' } } }));
    expect(await draftReport(desk, 'r', 'en', { byModel: true })).toMatchObject({ source: 'template', because: { reason: 'relay', code: 'relay-payment' } });
  });

  it.each<readonly [string, Exam]>([['is still on its way', { state: 'reading' }], ['is of a radiograph', { modality: 'DX' }]])('writes nothing of a reading that %s', async (_, exam) => {
    const { desk } = await deskWith(exam, () => sound);
    await expect(draftReport(desk, 'r', 'en', { byModel: true })).rejects.toMatchObject({ code: 'request-invalid' });
    await expect(draftReport(desk, 'another', 'en', { byModel: true })).rejects.toMatchObject({ code: 'reading-not-found' });
  });
});
