import type { Database } from './open-database.ts';

/** In which form a relay's model takes requests for JSON, as the relay room learnt it. */
export interface StoredLesson<Format extends string = string> {
  /** Id of the relay in the settings. */
  readonly relay: string;
  readonly model: string;
  readonly format: Format;
  /** Epoch, ms. */
  readonly learntAt: number;
}

/** Everything that was learnt. */
export async function listLadderLessons<Format extends string>(database: Database): Promise<readonly StoredLesson<Format>[]> {
  const rows = await database.selectFrom('ladder_lesson').selectAll().execute();
  return rows.map((row) => ({ relay: row.relay_id, model: row.model, format: row.format as Format, learntAt: row.learnt_at }));
}

/** Puts a lesson in place of an earlier one about the same. */
export async function putLadderLesson(database: Database, { relay, model, format, learntAt }: StoredLesson): Promise<void> {
  await database.replaceInto('ladder_lesson').values({ relay_id: relay, model, format, learnt_at: learntAt }).execute();
}
