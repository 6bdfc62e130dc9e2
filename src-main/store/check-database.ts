import { sql } from 'kysely';
import type { Database } from './open-database.ts';

/** What the doctor looks at: whether the file passes its check and whether commits are durable. */
export async function checkDatabase(database: Database): Promise<{ readonly sound: boolean; readonly durable: boolean }> {
  const check = await sql<{ quick_check: string }>`pragma quick_check`.execute(database);
  const synchronous = await sql<{ synchronous: number }>`pragma synchronous`.execute(database);
  return { sound: check.rows[0]?.quick_check === 'ok', durable: synchronous.rows[0]?.synchronous === 2 };
}
