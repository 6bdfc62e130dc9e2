import * as z from 'zod';
import { TruthError } from '../truth/truth-error.ts';
import type { Mark } from './match-marks.ts';

const point = z.tuple([z.number(), z.number(), z.number()]);

/** What is needed of a reading document (lungdesk.reading/1). */
const scoredReading = z.object({
  schema: z.literal('lungdesk.reading/1'),
  status: z.string(),
  studyInstanceUid: z.string().nullable(),
  findings: z.array(z.object({
    centreMm: point,
    diameterMm: z.number().nullable(),
    sources: z.array(z.object({ kind: z.enum(['device', 'model', 'reader']), name: z.string(), confidence: z.number().nullable() })),
  })),
});

/** What is scored of a reading document. */
export type ScoredReading = z.infer<typeof scoredReading>;

/** Whose findings of a reading are scored: those that a kind of source points at, or all. */
export const markSources = ['device', 'model', 'combined'] as const;

/** See markSources. */
export type MarkSource = (typeof markSources)[number];

/** What a picture shows around a finding that was not measured, mm. */
const unmeasuredMm = 10;

/**
 * Reads a reading document.
 *
 * @param text - JSON.
 * @throws {TruthError} for anything else.
 */
export function readScoredReading(text: string): ScoredReading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new TruthError('a reading is not JSON');
  }
  const parsed = scoredReading.safeParse(json);
  if (!parsed.success) throw new TruthError(`a reading is not of the schema lungdesk.reading/1: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
  return parsed.data;
}

/**
 * Findings of a reading as marks.
 *
 * The score is the highest confidence that a source of the kind gave. Where one of the findings has none, the order of the findings counts
 * instead: sums of unlike scores would put them in an order that nobody meant.
 *
 * @param reading - Read or not to its end.
 * @param source - Whose findings.
 */
export function readingMarks({ findings }: ScoredReading, source: MarkSource): readonly Mark[] {
  const chosen = findings.map((finding) => ({ ...finding, sources: finding.sources.filter(({ kind }) => kind !== 'reader' && (source === 'combined' || kind === source)) }))
    .filter(({ sources }) => sources.length > 0);
  const confidences = chosen.map(({ sources }) => Math.max(...sources.map(({ confidence }) => confidence ?? -Infinity)));
  const areGiven = confidences.every(Number.isFinite);
  return chosen.map(({ centreMm, diameterMm }, index) => ({
    centreMm, score: areGiven ? (confidences[index] ?? 0) : -index, diameterMm: diameterMm ?? unmeasuredMm,
    size: diameterMm === null ? null : { meanDiameterMm: diameterMm, volumeMm3: null, profile: null },
  }));
}
