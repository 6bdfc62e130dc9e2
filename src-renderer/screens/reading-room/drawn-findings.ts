import type { Finding } from '../../../src-shared/domain/finding.ts';
import type { ReadingDetail } from '../../../src-shared/domain/views.ts';

/**
 * Findings that may be drawn onto the pictures: those that a reader, or a model which has passed a diagnosis on its relay, points at.
 *
 * The others stay in the list in words.
 *
 * @param detail - Its requests tell which models are trusted, as asked and as served.
 */
export function drawnFindings({ findings, requests }: Pick<ReadingDetail, 'findings' | 'requests'>): readonly Finding[] {
  const trusted = new Set(requests.filter((request) => request.trusted).flatMap(({ model, attempts }) => [model, ...attempts.flatMap(({ modelServed }) => modelServed ?? [])]));
  return findings.filter(({ sources }) => sources.some(({ kind, name }) => kind === 'reader' || (kind === 'model' && trusted.has(name))));
}
