import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mergeReading } from '../../../src-main/reading/merge-reading.ts';
import { reload } from '../../../src-main/reading/reading-desk.ts';
import { readingDocument } from '../../../src-main/reading/reading-document.ts';
import { listFindings } from '../../../src-main/store/finding-table.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { sharedData } from '../../helpers/shared-data.ts';
import { testDesk } from '../../helpers/test-desk.ts';
import { testRelay } from '../../helpers/test-workstation.ts';

const lidc = sharedData('dev-ct-lidc-0001');

describe('a real chest exam', () => {
  it.skipIf(lidc === null)('is read within its lungs, and its findings lie where the lungs are, also after a restart', async () => {
    const relay = await testRelay();
    const settings = { readingMode: 'sweep-and-verify', imagesPerRequest: 20, requestsInFlight: 2 } as const;
    const first = await testDesk({ relay, settings });
    const readingId = await first.admit(join(lidc ?? '', 'series'));
    await first.queue.whenSettled(readingId);
    const { coverage, findings, lungs, status } = await readingDocument(first.database, readingId);
    expect(status).toBe('complete');
    expect(lungs).toMatchObject({ kind: 'lungs', reason: null, sliceCount: 107 });
    const litres = ((lungs?.rightMl ?? 0) + (lungs?.leftMl ?? 0)) / 1000;
    expect([litres > 2, litres < 7, coverage.planned + coverage.outsideLungs]).toEqual([true, true, 107]);
    expect(coverage.planned).toBe((lungs?.extent?.toIndex ?? 0) - (lungs?.extent?.fromIndex ?? 0) + 1);
    // The exam lies straight in the scanner: +x is the patient's left.
    const lateral = findings.filter(({ centreMm }) => Math.abs(centreMm[0]) > 40);
    expect(lateral.length).toBeGreaterThan(0);
    expect(lateral.map(({ side }) => side)).toEqual(lateral.map(({ centreMm }) => (centreMm[0] > 0 ? 'left' : 'right')));
    expect(findings.some(({ lobe }) => lobe !== 'indeterminate')).toBe(true);
    expect(findings.filter(({ lobe, side }) => lobe !== 'indeterminate' && !lobe.startsWith(side))).toEqual([]);
    // Put together again without the volume: the kept outline tells the same places.
    await first.queue.stop();
    // Places and sizes are the device's: the volume is not needed again.
    const gone = async (): Promise<never> => Promise.reject(new AppError('volume-too-large', 'no memory'));
    const second = await testDesk({ relay, after: first, settings, change: ({ volumes }) => ({ volumes: { ...volumes, use: gone } }) });
    const sizes = async (): Promise<number> => (await listFindings(second.database, readingId)).filter(({ diameterMm }) => diameterMm !== null).length;
    const sized = await sizes();
    expect(sized).toBeGreaterThan(0);
    const places = async (): Promise<readonly string[]> => (await listFindings(second.database, readingId)).map(({ centreMm, lobe, side }) => `${centreMm.join(' ')} ${side} ${lobe}`);
    const before = await places();
    second.connection.exec(`DELETE FROM finding; UPDATE reading SET state = 'reading'`);
    await mergeReading(second.desk, await reload(second.database, readingId));
    expect(await places()).toEqual(before);
    expect(await sizes()).toBe(sized);
  }, 120_000);
});
