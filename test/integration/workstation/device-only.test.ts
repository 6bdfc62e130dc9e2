import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleExamFolder } from '../../../src-main/intake/sample-exam.ts';
import { pixelToPatient } from '../../../src-shared/domain/image-affine.ts';
import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { decodePng } from '../../helpers/decode-png.ts';
import { temporaryFolder } from '../../helpers/fresh-database.ts';
import { testRelay, testWorkstation, writeExam } from '../../helpers/test-workstation.ts';

const plain = { model: null, highPriority: false };

/** Column and row of a point in the patient; the sample exam lies straight in the scanner. */
function pixelOf({ columnStep, rowStep, origin }: ImageAffine, point: PatientPoint): { readonly column: number; readonly row: number } {
  return { column: (point[0] - origin[0]) / columnStep[0], row: (point[1] - origin[1]) / rowStep[1] };
}

describe('a workstation without a network', () => {
  it('lists what the device found with pictures, measures where a reader points, and does so as long as the files are there', async () => {
    const folder = join(temporaryFolder(), 'exam');
    cpSync(sampleExamFolder(), folder, { recursive: true });
    const dataFolder = join(temporaryFolder(), 'home');
    const workstation = await testWorkstation({ dataFolder, relay: { baseUrl: 'https://relay.invalid', key: null } });
    const [document] = await workstation.readFolder(folder, { ...plain, plan: 'device-only' });
    expect(document).toMatchObject({ status: 'complete', plan: 'device-only', cost: { knownMicroUsd: 0, possibleMicroUsd: 0 } });
    const readingId = document?.readingId ?? '';
    const { candidates, affine, search, row } = await workstation.openReading(readingId);
    expect([candidates.length, search?.state, row.searchProgress]).toEqual([40, 'done', null]);
    for (const { pictures, pictureFieldMm } of candidates.slice(0, 3)) {
      const paths = Object.values(pictures ?? {});
      expect([paths.length, new Set(paths).size, pictureFieldMm]).toEqual([3, 3, 50]);
      for (const path of paths) {
        const picture = await workstation.picture(path.replace('/picture/', ''));
        expect(picture?.contentType).toBe('image/png');
        expect(decodePng(picture?.bytes ?? new Uint8Array())).toMatchObject({ columns: 192, rows: 192, chunkTypes: ['IHDR', 'IDAT', 'IEND'] });
      }
    }
    const measured = candidates.find(({ size }) => size.kind === 'nodule');
    if (measured?.size.kind !== 'nodule' || affine === null) throw new Error('nothing was measured');
    const place = { sliceIndex: measured.sliceIndex, ...pixelOf(affine, measured.centreMm) };
    expect(pixelToPatient(affine, place.column, place.row)[0]).toBeCloseTo(measured.centreMm[0], 6);
    const { sizing, place: lungPlace } = await workstation.sizeNodule(readingId, place);
    expect(sizing).toMatchObject({ kind: 'nodule', profile: measured.size.profile });
    expect(Math.abs((sizing.kind === 'nodule' ? sizing.axes.meanTenths : 0) - measured.size.axes.meanTenths)).toBeLessThanOrEqual(10);
    expect(lungPlace).toMatchObject({ side: measured.side });
    // Air beside the patient is a result, a place beside the picture is none.
    expect(await workstation.sizeNodule(readingId, { sliceIndex: 0, column: 2, row: 2 })).toMatchObject({ sizing: { kind: 'no-region' } });
    for (const wrong of [{ sliceIndex: 32, column: 2, row: 2 }, { sliceIndex: 0, column: 512, row: 2 }]) {
      await expect(workstation.sizeNodule(readingId, wrong)).rejects.toMatchObject({ code: 'request-invalid' });
    }
    await workstation.stop();
    rmSync(folder, { recursive: true });
    const later = await testWorkstation({ dataFolder });
    await expect(later.sizeNodule(readingId, place)).rejects.toMatchObject({ code: 'file-unreadable' });
    expect((await later.openReading(readingId)).candidates).toHaveLength(40);
  }, 120_000);

  it('reads on the device by its settings, until somebody asks for the relay', async () => {
    const relay = await testRelay();
    const workstation = await testWorkstation({ relay: relay.override });
    await workstation.updateSettings({ readingPlan: 'device-only', candidatesPerExam: 30 });
    const folder = writeExam(12);
    const [first] = await workstation.readFolder(folder, plain);
    expect([first?.plan, relay.requestCount()]).toEqual(['device-only', 0]);
    const [second] = await workstation.readFolder(folder, { model: 'glm-5.3-flash', highPriority: false, plan: 'relay' });
    expect(second).toMatchObject({ readingId: first?.readingId, plan: 'relay', status: 'complete', coverage: { valid: 12, searched: 0 } });
    expect(relay.requestCount()).toBe(1);
  });

  it('reads anew on the device what only the practice relay has read', async () => {
    const workstation = await testWorkstation();
    const folder = writeExam(12);
    const [practised] = await workstation.readFolder(folder, plain);
    const [document] = await workstation.readFolder(folder, { ...plain, plan: 'device-only' });
    expect([practised?.practice, document?.practice, document?.plan]).toEqual([true, false, 'device-only']);
    expect(document?.readingId).not.toBe(practised?.readingId);
  });

  it('says yes or no to each call that changes who reads', async () => {
    const relay = await testRelay();
    const workstation = await testWorkstation({ relay: { ...relay.override, key: 'wrong' } });
    const [document] = await workstation.readFolder(writeExam(12), { model: 'glm-5.3-flash', highPriority: false });
    expect(document).toMatchObject({ status: 'held', heldFor: 'relay' });
    await workstation.readOnDevice(document?.readingId ?? '');
    expect((await workstation.readingDocument(document?.readingId ?? '')).plan).toBe('device-only');
    await workstation.readThroughRelay(document?.readingId ?? '');
    expect((await workstation.readingDocument(document?.readingId ?? '')).plan).toBe('relay');
    for (const call of [workstation.readOnDevice('nobody'), workstation.readThroughRelay('nobody'), workstation.sizeNodule('nobody', { sliceIndex: 0, column: 0, row: 0 })]) {
      await expect(call).rejects.toMatchObject({ code: 'reading-not-found' });
    }
  });
});
