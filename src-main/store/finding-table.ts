import type { Attenuation, Finding, FindingRegion, FindingSource, Lobe, Side } from '../../src-shared/domain/finding.ts';
import type { Priority } from '../../src-shared/domain/priority.ts';
import { inTransaction } from './open-database.ts';
import type { Database } from './open-database.ts';

/** Puts a reading's findings in place of those it had; those of earlier versions, whose answers cannot be merged again, stay behind them. */
export async function replaceFindings(database: Database, readingId: string, findings: readonly Finding[]): Promise<void> {
  await inTransaction(database, async (transaction) => {
    const earlier = await transaction.selectFrom('finding').select('id').where('reading_id', '=', readingId).where('earlier', '=', 1).orderBy('ordinal', 'desc').execute();
    await transaction.deleteFrom('finding').where('reading_id', '=', readingId).where('earlier', '=', 0).execute();
    // From behind, so that no two have the same place meanwhile.
    for (const [index, { id }] of earlier.entries()) {
      await transaction.updateTable('finding').set({ ordinal: findings.length + earlier.length - 1 - index }).where('id', '=', id).execute();
    }
    for (const [ordinal, finding] of findings.entries()) {
      const [x, y, z] = finding.centreMm;
      await transaction
        .insertInto('finding')
        .values({
          id: finding.id,
          reading_id: readingId,
          ordinal,
          lobe: finding.lobe,
          side: finding.side,
          x_mm: x,
          y_mm: y,
          z_mm: z,
          diameter_tenths_mm: finding.diameterMm === null ? null : Math.round(finding.diameterMm * 10),
          attenuation: finding.attenuation,
          priority: finding.priority,
          sop_instance_uids_json: JSON.stringify(finding.sopInstanceUids),
          regions_json: JSON.stringify(finding.regions),
          sources_json: JSON.stringify(finding.sources),
          located: finding.located,
          earlier: 0,
        })
        .execute();
    }
  });
}

/** Findings of a reading, most pressing first as the merge ordered them. */
export async function listFindings(database: Database, readingId: string): Promise<readonly Finding[]> {
  const rows = await database.selectFrom('finding').selectAll().where('reading_id', '=', readingId).orderBy('ordinal').execute();
  return rows.map((row) => ({
    id: row.id,
    lobe: row.lobe as Lobe,
    side: row.side as Side,
    centreMm: [row.x_mm, row.y_mm, row.z_mm],
    diameterMm: row.diameter_tenths_mm === null ? null : row.diameter_tenths_mm / 10,
    attenuation: row.attenuation as Attenuation,
    priority: row.priority as Priority,
    sopInstanceUids: JSON.parse(row.sop_instance_uids_json) as string[],
    regions: JSON.parse(row.regions_json) as FindingRegion[],
    sources: JSON.parse(row.sources_json) as FindingSource[],
    located: row.located as Finding['located'],
  }));
}

/** Number of findings of every reading. */
export async function countFindings(database: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await database
    .selectFrom('finding')
    .select((row) => ['reading_id', row.fn.countAll<number>().as('count')])
    .groupBy('reading_id')
    .execute();
  return new Map(rows.map((row) => [row.reading_id, row.count]));
}
