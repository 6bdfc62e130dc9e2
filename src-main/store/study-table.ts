import type { InstanceFile, InstanceHeader, Series } from '../../src-shared/domain/study.ts';
import type { EpochMs } from '../../src-shared/domain/units.ts';
import type { SeriesView } from '../../src-shared/domain/views.ts';
import { inTransaction } from './open-database.ts';
import type { Database } from './open-database.ts';
import type { Schema } from './schema.ts';

/** A settled study as stored; one row per revision. */
export interface StoredStudy {
  readonly id: string;
  readonly studyInstanceUid: string;
  readonly sourcePath: string;
  readonly contentHash: string;
  readonly revision: number;
  readonly patientName: string | null;
  readonly patientId: string | null;
  readonly studyDate: string | null;
  readonly modality: string | null;
  readonly studyDescription: string | null;
  readonly attribution: string | null;
  readonly ignoredCount: number;
  readonly settledAt: EpochMs;
}

/** Stores a study with its instances and the verdict on each series, at once. */
export async function insertStudy(
  database: Database,
  study: StoredStudy,
  files: readonly InstanceFile[],
  series: readonly (Series & { readonly chosen: boolean })[],
): Promise<void> {
  await inTransaction(database, async (transaction) => {
    await transaction
      .insertInto('study')
      .values({
        id: study.id,
        study_instance_uid: study.studyInstanceUid,
        source_path: study.sourcePath,
        content_hash: study.contentHash,
        revision: study.revision,
        patient_name: study.patientName,
        patient_id: study.patientId,
        study_date: study.studyDate,
        modality: study.modality,
        study_description: study.studyDescription,
        attribution: study.attribution,
        ignored_count: study.ignoredCount,
        settled_at: study.settledAt,
      })
      .execute();
    for (const file of files) {
      await transaction
        .insertInto('instance')
        .values({
          study_id: study.id,
          sop_instance_uid: file.header.sopInstanceUid,
          path: file.path,
          size_bytes: file.sizeBytes,
          pixel_sha256: file.pixelSha256,
          header_json: JSON.stringify(file.header),
        })
        .execute();
    }
    for (const one of series) {
      await transaction
        .insertInto('series')
        .values({
          study_id: study.id,
          series_instance_uid: one.seriesInstanceUid,
          modality: one.modality,
          transfer_syntax_uid: one.transferSyntaxUid,
          series_number: one.seriesNumber,
          series_description: one.seriesDescription,
          instance_count: one.instanceCount,
          spacing_between_slices_mm: one.spacingBetweenSlicesMm,
          chosen: one.chosen ? 1 : 0,
          rejection_code: one.rejection?.code ?? null,
          rejection_text: one.rejection?.text ?? null,
        })
        .execute();
    }
  });
}

/** One study. */
export async function findStudy(database: Database, id: string): Promise<StoredStudy> {
  return toStudy(await database.selectFrom('study').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
}

/** Every study by its id. */
export async function listStudies(database: Database): Promise<ReadonlyMap<string, StoredStudy>> {
  const rows = await database.selectFrom('study').selectAll().execute();
  return new Map(rows.map((row) => [row.id, toStudy(row)]));
}

/** What is known of a Study Instance UID: every revision with its content, newest first. */
export async function findKnownStudies(
  database: Database,
  studyInstanceUid: string,
): Promise<
  readonly {
    readonly studyId: string;
    readonly studyInstanceUid: string;
    readonly contentHash: string;
    readonly sourcePath: string;
    readonly revision: number;
    readonly instances: ReadonlyMap<string, string>;
  }[]
> {
  const studies = await database
    .selectFrom('study')
    .select(['id', 'content_hash', 'source_path', 'revision'])
    .where('study_instance_uid', '=', studyInstanceUid)
    .orderBy('revision', 'desc')
    .orderBy('settled_at', 'desc')
    .execute();
  return Promise.all(
    studies.map(async (study) => {
      const instances = await database
        .selectFrom('instance')
        .select(['sop_instance_uid', 'pixel_sha256'])
        .where('study_id', '=', study.id)
        .execute();
      return {
        studyId: study.id,
        studyInstanceUid,
        contentHash: study.content_hash,
        sourcePath: study.source_path,
        revision: study.revision,
        instances: new Map(instances.map((one) => [one.sop_instance_uid, one.pixel_sha256])),
      };
    }),
  );
}

/** Files of a study with their parsed headers. */
export async function listInstances(database: Database, studyId: string): Promise<readonly InstanceFile[]> {
  const rows = await database.selectFrom('instance').selectAll().where('study_id', '=', studyId).orderBy('path').execute();
  return rows.map(toInstance);
}

/** The exam was moved: the same instances are now found elsewhere. */
export async function moveStudy(database: Database, studyId: string, sourcePath: string, files: readonly InstanceFile[]): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await transaction.updateTable('study').set({ source_path: sourcePath }).where('id', '=', studyId).execute();
    for (const file of files) {
      await transaction
        .updateTable('instance')
        .set({ path: file.path })
        .where('study_id', '=', studyId)
        .where('sop_instance_uid', '=', file.header.sopInstanceUid)
        .execute();
    }
  });
}

/** Series of a study with the verdict on each, the chosen one first. */
export async function listSeries(
  database: Database,
  studyId: string,
): Promise<readonly (SeriesView & { readonly spacingBetweenSlicesMm: number | null })[]> {
  const rows = await database
    .selectFrom('series')
    .selectAll()
    .where('study_id', '=', studyId)
    .orderBy('chosen', 'desc')
    .orderBy('series_number')
    .execute();
  return rows.map((row) => ({
    seriesNumber: row.series_number,
    seriesDescription: row.series_description,
    modality: row.modality,
    transferSyntaxUid: row.transfer_syntax_uid,
    instanceCount: row.instance_count,
    spacingBetweenSlicesMm: row.spacing_between_slices_mm,
    chosen: row.chosen === 1,
    rejectionText: row.rejection_text,
  }));
}

function toInstance(row: Schema['instance']): InstanceFile {
  return {
    path: row.path,
    sizeBytes: row.size_bytes,
    pixelSha256: row.pixel_sha256,
    header: toHeader(row.header_json),
  };
}

/** Headers that an earlier version stored lack what it did not read. */
function toHeader(json: string): InstanceHeader {
  const stored = JSON.parse(json) as InstanceHeader;
  return { ...absentBefore, ...stored };
}

const absentBefore: Pick<InstanceHeader, 'pixelPaddingRangeLimit' | 'gantryDetectorTilt' | 'hasModalityLut' | 'frames'> = {
  pixelPaddingRangeLimit: null, gantryDetectorTilt: null, hasModalityLut: false, frames: null,
};

function toStudy(row: Schema['study']): StoredStudy {
  return {
    id: row.id,
    studyInstanceUid: row.study_instance_uid,
    sourcePath: row.source_path,
    contentHash: row.content_hash,
    revision: row.revision,
    patientName: row.patient_name,
    patientId: row.patient_id,
    studyDate: row.study_date,
    modality: row.modality,
    studyDescription: row.study_description,
    attribution: row.attribution,
    ignoredCount: row.ignored_count,
    settledAt: row.settled_at as EpochMs,
  };
}
