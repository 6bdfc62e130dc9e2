import type { NoduleCandidate } from '../../src-shared/domain/candidate.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { ReportDraft, ReportLanguage, ReportResult, TemplateReason } from '../../src-shared/domain/report-draft.ts';
import type { Settings } from '../../src-shared/domain/settings.ts';
import type { RelayChoice } from '../reading/reading-desk.ts';
import { reload } from '../reading/reading-desk.ts';
import { readingDocument } from '../reading/reading-document.ts';
import type { ListedModel } from '../relay/catalogue.ts';
import { textTokens } from '../relay/forecast.ts';
import type { RelaySenderDeps, SendOptions } from '../relay/sender-deps.ts';
import { cheapestTextModel } from '../relay/text-model.ts';
import { sendText } from '../relay/text-request.ts';
import type { TextRequestResult } from '../relay/text-request.ts';
import type { RelayTarget } from '../relay/tile-request.ts';
import { checkReport } from '../review/report/check-report.ts';
import { parseReportDraft } from '../review/report/parse-report-draft.ts';
import { reportFacts } from '../review/report/report-facts.ts';
import type { ReportFacts } from '../review/report/report-facts.ts';
import { mostDraftedFindings, reportDraftJsonSchema, reportPrompt } from '../review/report/report-prompt.ts';
import { renderReport, templateDraft, templateReport } from '../review/report/report-template.ts';
import { listCandidates } from '../store/candidate-table.ts';
import { listFindings } from '../store/finding-table.ts';
import type { Database } from '../store/open-database.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { listRequests } from '../store/request-table.ts';

/** What drafting a report needs; most of it is the reading desk's. */
export interface ReportDesk {
  readonly database: Database;
  /** Of the program's one sender. */
  readonly sending: RelaySenderDeps;
  readonly chooseRelay: (reading: StoredReading) => Promise<RelayChoice>;
  readonly settings: () => Promise<Pick<Settings, 'modelOverrides'>>;
  /** The relay's own list of models; empty where it has none or cannot be asked. */
  readonly listed: (target: RelayTarget) => Promise<readonly ListedModel[]>;
}

/** How a report is drafted. */
export interface ReportOptions extends Pick<SendOptions, 'signal'> {
  /** Ask a model; otherwise the template writes it, and nothing is sent. */
  readonly byModel: boolean;
}

/**
 * Drafts the report of a reading: the sentences by the cheapest text model of the relay in use where they agree with the findings, else by the
 * template. What surrounds them is always the template's. Nothing is stored but the ledger's rows.
 *
 * @param desk - Of the program.
 * @param readingId - Of a chest CT that has been read.
 * @param language - Of the report.
 * @param options - Whether a model may be asked; signal.
 * @throws {AppError} reading-not-found; request-invalid where there is nothing to report on yet.
 */
export async function draftReport(desk: ReportDesk, readingId: string, language: ReportLanguage, options: ReportOptions): Promise<ReportResult> {
  const reading = await reload(desk.database, readingId);
  const facts = await factsOf(desk.database, reading, language);
  const reason = options.byModel ? reasonAgainstAsking(facts) : 'not-asked';
  if (reason !== null) return byTemplate(facts, reason);
  const choice = await desk.chooseRelay(reading);
  if (choice.kind === 'hold') return byTemplate(facts, 'relay', choice.code);
  if (choice.kind === 'fail') return byTemplate(facts, 'relay', choice.problem.code);
  if (choice.target.practice) return byTemplate(facts, 'practice');
  const answer = await ask(desk, reading, facts, choice, options);
  if (answer === null) return byTemplate(facts, 'no-model');
  const { model, result } = answer;
  if (!result.ok) return { ...byTemplate(facts, 'relay', result.code), model: result.modelServed ?? model };
  const check = checkReport(result.value, facts);
  const served = result.modelServed ?? model;
  if (!check.ok) return { ...byTemplate(facts, 'draft-rejected'), model: served, rejected: check.mismatches };
  return { text: renderReport(result.value, facts), source: 'model', model: served, rejected: null, because: null };
}

async function factsOf(database: Database, { id, state }: StoredReading, language: ReportLanguage): Promise<ReportFacts> {
  if (state !== 'merged') throw new AppError('request-invalid', 'a report needs a reading that has come to its end');
  const [document, findings, candidates, requests] = await Promise.all([
    readingDocument(database, id), listFindings(database, id), listCandidates(database, id), listRequests(database, id),
  ]);
  if (document.series?.modality !== 'CT') throw new AppError('request-invalid', 'reports are drafted for chest CT only');
  const models = [...new Set(requests.filter((request) => request.state === 'done').map(({ model }) => model))];
  return reportFacts({ findings, candidates: candidates.map(({ candidate }): NoduleCandidate => candidate), document, models, language });
}

function reasonAgainstAsking({ plan, practice, findings }: ReportFacts): TemplateReason | null {
  if (plan === 'device-only') return 'device-only';
  if (findings.length === 0) return 'no-findings';
  if (practice) return 'practice';
  return findings.length > mostDraftedFindings ? 'too-many-findings' : null;
}

interface Answer {
  readonly model: string;
  readonly result: TextRequestResult<ReportDraft>;
}

/** Asks the cheapest model; where the relay turns out not to serve it, the one that read the exam there. Null where there is none. */
async function ask(
  { sending, settings, listed }: ReportDesk, reading: StoredReading, facts: ReportFacts, { target, model: readingModel }: Extract<RelayChoice, { readonly kind: 'target' }>, options: Pick<SendOptions, 'signal'>,
): Promise<Answer | null> {
  const words = reportPrompt(facts);
  const answerTokens = expectedTokens(facts);
  const { modelOverrides: overrides } = await settings();
  const model = cheapestTextModel(sending.catalogue, {
    nowMs: sending.clock.now(), relayId: target.id, relayPercent: target.priceMultiplierPercent, listed: await listed(target), overrides,
    inputTokens: textTokens(words.length), outputTokens: answerTokens,
  });
  if (model === null) return null;
  async function send(name: string): Promise<Answer> {
    const request = { readingId: reading.id, purpose: 'report', model: name, words, schema: reportDraftJsonSchema(), answerTokens, read: parseReportDraft } as const;
    return { model: name, result: await sendText(sending, request, target, options) };
  }
  const answer = await send(model);
  return !answer.result.ok && answer.result.isModel && readingModel !== model ? send(readingModel) : answer;
}

/** A model's sentences are about as long as the template's; a Chinese character is taken for a token. */
function expectedTokens(facts: ReportFacts): number {
  const text = JSON.stringify(templateDraft(facts));
  return facts.language === 'en' ? textTokens(text.length) : text.length;
}

function byTemplate(facts: ReportFacts, reason: TemplateReason, code: ErrorCode | null = null): ReportResult {
  return { text: templateReport(facts), source: 'template', model: null, rejected: null, because: { reason, code } };
}
