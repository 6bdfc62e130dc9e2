import type { RelayDiagnosis } from '../../src-shared/domain/diagnosis.ts';
import type { Selectable } from 'kysely';
import type { Database } from './open-database.ts';
import type { Schema } from './schema.ts';

/** A diagnosis and the address that was asked: it says nothing of another. */
export interface StoredDiagnosis {
  readonly diagnosis: RelayDiagnosis;
  readonly address: string;
}

/** Every diagnosis, the newest of each relay and model, newest first. */
export async function listDiagnoses(database: Database): Promise<readonly StoredDiagnosis[]> {
  const rows = await database.selectFrom('relay_diagnosis').selectAll().orderBy('at', 'desc').orderBy('relay_id').orderBy('model').execute();
  return rows.map(toDiagnosis);
}

/** The newest of a relay's model; null before the first. */
export async function findDiagnosis(database: Database, relayId: string, model: string): Promise<StoredDiagnosis | null> {
  const row = await database.selectFrom('relay_diagnosis').selectAll().where('relay_id', '=', relayId).where('model', '=', model).executeTakeFirst();
  return row === undefined ? null : toDiagnosis(row);
}

/** Puts a diagnosis in place of an earlier one of the same relay and model. */
export async function putDiagnosis(database: Database, { diagnosis, address }: StoredDiagnosis): Promise<void> {
  const { relayId, model, at, promptVersion } = diagnosis;
  await database
    .replaceInto('relay_diagnosis')
    .values({ relay_id: relayId, model, address, at, prompt_version: promptVersion, result_json: JSON.stringify(diagnosis) })
    .execute();
}

/** Forgets what is known of a relay: it is another one now. */
export async function deleteDiagnoses(database: Database, relayId: string): Promise<void> {
  await database.deleteFrom('relay_diagnosis').where('relay_id', '=', relayId).execute();
}

function toDiagnosis(row: Selectable<Schema['relay_diagnosis']>): StoredDiagnosis {
  return { diagnosis: JSON.parse(row.result_json) as RelayDiagnosis, address: row.address };
}
