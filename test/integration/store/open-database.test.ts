import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect, openDatabase } from '../../../src-main/store/open-database.ts';
import { migrations } from '../../../src-main/store/migrations/index.ts';
import { temporaryFolder } from '../../helpers/fresh-database.ts';

function file(): string {
  return join(temporaryFolder(), 'lungdesk.sqlite');
}

function opened(path: string, key: string | null = null): SqliteDatabase.Database {
  const connection = connect({ path, key });
  onTestFinished(() => {
    connection.close();
  });
  return connection;
}

describe('connect', () => {
  it('keeps every commit durable: synchronous is FULL after opening, after writes, and on every further connection', () => {
    const path = file();
    for (const connection of [opened(path), opened(path), opened(path)]) {
      expect(connection.pragma('synchronous', { simple: true })).toBe(2);
      connection.prepare(`INSERT OR REPLACE INTO setting VALUES ('theme', '"dark"')`).run();
      connection.prepare(`DELETE FROM setting`).run();
      expect(connection.pragma('synchronous', { simple: true })).toBe(2);
      expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
      expect(connection.pragma('foreign_keys', { simple: true })).toBe(1);
      expect(connection.pragma('secure_delete', { simple: true })).toBe(1);
    }
  });

  it('makes every table STRICT', () => {
    const tables = opened(file()).prepare(`SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).all();
    expect(tables.length).toBeGreaterThan(10);
    expect(tables.filter((table) => (table as { strict: number }).strict !== 1)).toEqual([]);
  });

  it('takes a key: the file then holds no readable text and opens with that key only', () => {
    const path = file();
    const connection = connect({ path, key: "it's a key" });
    connection.prepare(`INSERT INTO setting VALUES ('canary-key', '"canary-value"')`).run();
    connection.close();
    expect(readFileSync(path).includes('canary-key')).toBe(false);
    expect(() => connect({ path, key: 'another' })).toThrow(expect.objectContaining({ code: 'database-damaged' }));
    expect(opened(path, "it's a key").prepare('SELECT count(*) AS n FROM setting').get()).toEqual({ n: 1 });
  });

  it('refuses a database of a newer release and leaves it as it is', () => {
    const path = file();
    const connection = connect({ path, key: null });
    connection.pragma(`user_version=${migrations.length + 1}`);
    connection.close();
    const before = readFileSync(path);
    expect(() => connect({ path, key: null })).toThrow(expect.objectContaining({ code: 'database-newer' }));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['noise', Buffer.alloc(5000, 7)],
  ])('does not take %s for a fresh installation', (_, content) => {
    const path = file();
    writeFileSync(path, content);
    expect(() => connect({ path, key: null })).toThrow(expect.objectContaining({ code: 'database-damaged' }));
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('does not take another program’s database', () => {
    const path = file();
    const foreign = new SqliteDatabase(path);
    foreign.exec('CREATE TABLE theirs (x)');
    foreign.close();
    expect(() => connect({ path, key: null })).toThrow(expect.objectContaining({ code: 'database-damaged' }));
  });

  it('detects flipped bytes in a page', () => {
    const path = file();
    const connection = connect({ path, key: null });
    const insert = connection.prepare(`INSERT INTO watched_folder VALUES (?, ?, 0)`);
    for (let i = 0; i < 3000; i += 1) insert.run(`id${i}`, `path ${i} ${'x'.repeat(50)}`);
    connection.pragma('wal_checkpoint(TRUNCATE)');
    connection.close();
    const bytes = readFileSync(path);
    const page = bytes.lastIndexOf('path 1500 ');
    bytes.fill(0xff, page - (page % 4096), page - (page % 4096) + 200);
    writeFileSync(path, bytes);
    expect(() => connect({ path, key: null })).toThrow(expect.objectContaining({ code: 'database-damaged' }));
  });
});

describe('migrations', () => {
  it('take an old version with rows to the new one, after a copy of the old', () => {
    const path = file();
    const first = connect({ path, key: null, migrations: migrations.slice(0, 1) });
    first.prepare(`INSERT INTO watched_folder VALUES ('f', 'place', 1)`).run();
    first.close();
    const added = [...migrations, `ALTER TABLE watched_folder ADD COLUMN label TEXT NOT NULL DEFAULT 'none';`];
    const second = connect({ path, key: null, migrations: added });
    expect(second.prepare('SELECT * FROM watched_folder').all()).toEqual([{ id: 'f', path: 'place', added_at: 1, label: 'none' }]);
    second.close();
    const copy = join(path, '..', 'copy.sqlite');
    copyFileSync(`${path}.before-0002`, copy);
    expect(opened(copy).prepare('SELECT * FROM watched_folder').all()).toEqual([{ id: 'f', path: 'place', added_at: 1 }]);
  });

  it('leave the old version whole when one fails half way', () => {
    const path = file();
    connect({ path, key: null }).close();
    const broken = [...migrations, 'CREATE TABLE half (x INTEGER) STRICT; CREATE TABLE half (x INTEGER) STRICT;'];
    expect(() => connect({ path, key: null, migrations: broken })).toThrow();
    const connection = opened(path);
    expect(connection.prepare(`SELECT count(*) AS n FROM sqlite_master WHERE name = 'half'`).get()).toEqual({ n: 0 });
    expect(connection.pragma('user_version', { simple: true })).toBe(migrations.length);
  });
});

describe('the attempt table', () => {
  const insert = `INSERT INTO attempt (id, request_id, relay_name, model_requested, state, reserved_at, max_cost_micro_usd, cost_source, billing_month, billing_day)
    VALUES (?, NULL, 'practice', 'm', ?, 0, 1, 'free', '2026-11', '2026-11-23')`;

  it.each(['settled', 'estimated', 'void', 'unknown'])('never changes or loses a row that is %s', (state) => {
    const connection = opened(file());
    connection.prepare(insert).run('a', state);
    expect(() => connection.prepare(`UPDATE attempt SET cost_micro_usd = 0`).run()).toThrow('an ended attempt never changes');
    expect(() => connection.prepare(`DELETE FROM attempt`).run()).toThrow('attempts are never deleted');
  });

  it('is found by month through an index', () => {
    const plan = opened(file()).prepare(`EXPLAIN QUERY PLAN SELECT sum(cost_micro_usd) FROM attempt WHERE billing_month = '2026-11'`).all();
    expect(JSON.stringify(plan)).toContain('USING INDEX attempt_by_month');
  });
});

describe('openDatabase', () => {
  it('gives a query builder over the same file', async () => {
    const database = openDatabase({ path: file(), key: null });
    onTestFinished(() => database.destroy());
    expect(await database.selectFrom('reading').selectAll().execute()).toEqual([]);
  });
});
