import type { Finding } from '../../src-shared/domain/finding.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { goneSlice, useExam } from './exam-volume.ts';
import type { ExamDesk, ExamOptions } from './exam-volume.ts';

/**
 * Measures findings where models pointed; what cannot be measured with some confidence stays without a size.
 *
 * No fault but being called off keeps the findings back: they are worth more than their sizes.
 *
 * @returns The findings in their order. Rejects with the signal's reason.
 */
export async function measureFindings(
  desk: ExamDesk, reading: StoredReading, findings: readonly Finding[], options: ExamOptions,
): Promise<readonly Finding[]> {
  if (findings.length === 0) return findings;
  try {
    const measured = await useExam(desk, reading, async (volume, mask) => {
      // What the device measures in half an exam is not the nodule's size.
      if (goneSlice(volume.slices) !== undefined) return findings;
      return Promise.all(findings.map(async (finding) => {
        const { sizing } = await desk.pool.run('size-nodule', { volume, mask, pointMm: finding.centreMm }, options.signal);
        return sizing.kind === 'nodule' && sizing.confidence.level !== 'low' ? { ...finding, diameterMm: sizing.axes.meanTenths / 10 } : finding;
      }));
    }, options);
    return measured ?? findings;
  } catch (thrown) {
    if (options.signal?.aborted === true) throw thrown;
    return findings;
  }
}
