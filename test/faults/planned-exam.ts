import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createPictureStore } from '../../src-main/store/picture-store.ts';
import { openDatabase } from '../../src-main/store/open-database.ts';
import { insertReading } from '../../src-main/store/reading-table.ts';
import { insertRequests } from '../../src-main/store/request-table.ts';
import { insertSlices } from '../../src-main/store/slice-table.ts';
import { insertStudy } from '../../src-main/store/study-table.ts';
import type { ImageAffine } from '../../src-shared/domain/image-affine.ts';
import type { PlannedTile, PlannedTileRole } from '../../src-shared/domain/request-plan.ts';
import type { TileBox } from '../../src-main/relay/tile-request.ts';
import { epochMs } from '../../src-shared/domain/units.ts';
import { phantomRequest } from '../helpers/phantom-request.ts';

/** The reading that every fault meets. */
export const readingId = 'reading-1';
/** Of a priced model, so that the ledger has something to count. */
export const model = 'gpt-6-luna';

/** Tiles 1 and 3 hold a structure, 2 and 4 nothing; two of them on each of two pictures. */
const roles: readonly PlannedTileRole[] = ['slice', 'blank-control', 'nodule-control', 'slice'];

/** Where a planned exam is kept; every fault gets a copy of its database. */
export interface PlannedExam {
  readonly database: string;
  readonly pictures: string;
}

/**
 * Writes an exam of two slices whose reading is planned as one request: two slices and two controls on two pictures.
 *
 * Its mode is 'verify' and it has no candidates, so that nothing is planned anew: there are no files behind it.
 *
 * @param folder - Empty.
 */
export async function planExam(folder: string): Promise<PlannedExam> {
  const exam = { database: join(folder, 'planned.sqlite'), pictures: join(folder, 'pictures') };
  const { pictures, nonce } = await phantomRequest(roles.length, model, 2);
  const store = createPictureStore(exam.pictures);
  const stored = await Promise.all(pictures.map(async ({ bytes, columns, rows, tiles }) => {
    const pngSha256 = createHash('sha256').update(bytes).digest('hex');
    await store.put(pngSha256, bytes);
    return { pngSha256, columns, rows, tiles: tiles.map(plannedTile) };
  }));
  const database = openDatabase({ path: exam.database, key: null });
  const at = epochMs(1);
  await insertStudy(database, {
    id: 'study-1', studyInstanceUid: '1.2', sourcePath: '/exam', contentHash: 'h', revision: 1, patientName: null, patientId: null, studyDate: null,
    modality: 'CT', studyDescription: null, attribution: null, ignoredCount: 0, settledAt: at,
  }, [], []);
  const step = { at, from: null, to: 'planned', event: 'settle', reason: null } as const;
  await insertReading(database, { id: readingId, studyId: 'study-1', highPriority: false, modelOverride: null, receivedAt: at, reason: null, mode: 'verify' }, [step], []);
  await insertSlices(database, readingId, [0, 1].map((sliceIndex) => ({
    sliceIndex, sopInstanceUid: `1.2.${sliceIndex + 1}`, instanceNumber: sliceIndex + 1, positionMm: sliceIndex, columns: 256, rows: 256, affine: affineAt(0, 0, sliceIndex),
  })));
  await insertRequests(database, [{
    id: 'request-1', readingId, ordinal: 0, nonce, model, purpose: 'slices', profile: 'chest-ct', mirrored: false, reader: 0, tileCount: roles.length, fromIndex: 0, toIndex: 1,
    state: 'waiting', pictures: stored,
  }]);
  await database.destroy();
  return exam;
}

function plannedTile({ number, left, top, columns, rows }: TileBox): PlannedTile {
  const role = roles[number - 1] ?? 'slice';
  const sliceIndices = role === 'slice' ? [number === 1 ? 0 : 1] : [];
  const affine = affineAt(-left, -top, sliceIndices[0] ?? 0);
  return { number, role, side: null, candidateRank: null, sliceIndices, panels: [{ left, top, columns, rows, plane: 'axial', thicknessMm: 1, affine }] };
}

function affineAt(x: number, y: number, z: number): ImageAffine {
  return { origin: [x, y, z], columnStep: [1, 0, 0], rowStep: [0, 1, 0] };
}
