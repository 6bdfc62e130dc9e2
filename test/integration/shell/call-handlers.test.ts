import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callNames } from '../../../src-shared/ipc/channel-names.ts';
import { microUsd } from '../../../src-shared/domain/units.ts';
import type { Workstation } from '../../../src-main/workstation-port.ts';
import { createCallHandlers } from '../../../src-main/shell/call-handlers.ts';
import type { CallParts } from '../../../src-main/shell/call-handlers.ts';
import { shellTexts } from '../../../src-main/shell/shell-texts.ts';
import { fakeWorkstation } from '../../helpers/fake-workstation.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lungdesk-calls-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

interface Answers {
  readonly open?: readonly string[];
  readonly save?: string | null;
  readonly openPath?: string;
}

function handlers(methods: Partial<Workstation>, answers: Answers = {}, log: unknown[] = []): ReturnType<typeof createCallHandlers> {
  const parts = {
    workstation: fakeWorkstation(methods),
    dialog: {
      showOpenDialog: (_window: unknown, options: unknown) => {
        log.push(options);
        return Promise.resolve({ canceled: answers.open === undefined, filePaths: [...(answers.open ?? [])] });
      },
      showSaveDialog: (_window: unknown, options: unknown) => {
        log.push(options);
        return Promise.resolve({ canceled: answers.save === null, filePath: answers.save ?? '' });
      },
    },
    shell: { openPath: (path: string) => { log.push(path); return Promise.resolve(answers.openPath ?? ''); } },
    window: () => ({}),
    texts: () => shellTexts('en'),
    appInfo: { version: '0.1.0', electron: '45.4.1', standIn: false, locale: 'en', dataFolder: folder },
    quit: () => log.push('quit'),
    newId: () => 'id',
  };
  return createCallHandlers(parts as unknown as CallParts);
}

const lines = ['day,model\r\n', '2026-01-02,practice\r\n', '2026-01-03,practice\r\n'];
const currentSpend = (): ReturnType<Workstation['currentSpend']> =>
  Promise.resolve({ month: '2026-01', cost: { currency: 'USD', knownMicroUsd: microUsd(0), possibleMicroUsd: microUsd(0) }, budgetMicroUsd: null });

describe('createCallHandlers', () => {
  it('has a handler for every call', () => {
    expect(Object.keys(handlers({})).sort()).toEqual([...callNames].sort());
  });

  it('hands ids and settings on', async () => {
    const seen: unknown[] = [];
    const calls = handlers({
      setHighPriority: (...args) => { seen.push(args); return Promise.resolve(); },
      readOnDevice: (...args) => { seen.push(args); return Promise.resolve(); },
      readThroughRelay: (...args) => { seen.push(args); return Promise.resolve(); },
      sizeNodule: (...args) => {
        seen.push(args);
        const place = { side: 'left', lobe: 'indeterminate', distanceToPleuraMm: 0, distanceToFissureMm: null } as const;
        return Promise.resolve({ sizing: { kind: 'no-region', reason: 'nothing-dense-here' }, place });
      },
      setRelayKey: (...args) => { seen.push(args); return Promise.resolve({ state: 'session-only', lastFour: 'abcd', keychain: 'ok' }); },
    });
    await calls.setHighPriority({ readingId: 'r1', highPriority: true });
    await calls.readOnDevice({ readingId: 'r2' });
    await calls.readThroughRelay({ readingId: 'r3' });
    await calls.sizeNodule({ readingId: 'r4', sliceIndex: 7, column: 1.5, row: 2.5 });
    await calls.setRelayKey({ key: 'k-abcd', sessionOnly: true, relayId: 'b' });
    expect(seen).toEqual([['r1', true], ['r2'], ['r3'], ['r4', { sliceIndex: 7, column: 1.5, row: 2.5 }], ['k-abcd', true, 'b']]);
  });

  it('quits', async () => {
    const log: unknown[] = [];
    await handlers({}, {}, log).quit(undefined);
    expect(log).toEqual(['quit']);
  });
});

describe('addFolder', () => {
  it('adds the folder that the person chose', async () => {
    const added: string[] = [];
    const calls = handlers({ addFolder: async (path) => { added.push(path); return fakeWorkstation().settings(); } }, { open: [folder] });
    await calls.addFolder(undefined);
    expect(added).toEqual([folder]);
  });

  it('changes nothing when the person cancels, and asks for a folder only', async () => {
    const log: unknown[] = [];
    expect((await handlers({}, {}, log).addFolder(undefined)).folders).toEqual([]);
    expect(log).toMatchObject([{ properties: ['openDirectory', 'createDirectory'] }]);
  });
});

describe('openFolder', () => {
  it('opens a watched folder by its id', async () => {
    const log: unknown[] = [];
    await handlers({ folderPath: (id) => Promise.resolve(id === 'f1' ? folder : null) }, {}, log).openFolder({ folderId: 'f1' });
    expect(log).toEqual([folder]);
  });

  it('refuses an unknown id, a missing folder and a program in its place without running anything', async () => {
    const log: unknown[] = [];
    const program = join(folder, 'program.sh');
    await writeFile(program, '#!/bin/sh\n', { mode: 0o755 });
    const paths: Readonly<Record<string, string>> = { program, missing: join(folder, 'missing') };
    const calls = handlers({ folderPath: (id) => Promise.resolve(paths[id] ?? null) }, {}, log);
    for (const folderId of ['unknown', 'program', 'missing']) {
      await expect(calls.openFolder({ folderId })).rejects.toMatchObject({ code: 'folder-missing' });
    }
    expect(log).toEqual([]);
  });

  it('says so when the system cannot open it', async () => {
    const calls = handlers({ folderPath: () => Promise.resolve(folder) }, { openPath: `no application for ${folder}` });
    await expect(calls.openFolder({ folderId: 'f1' })).rejects.toMatchObject({ code: 'folder-missing', message: expect.not.stringContaining(folder) as string });
  });
});

describe('saveSpendCsv', () => {
  it('writes the lines where the person chose and counts the rows', async () => {
    const path = join(folder, 'spend.csv');
    await writeFile(path, 'older and longer than what comes now, with more in it than the new file');
    const months: unknown[] = [];
    const calls = handlers({ spendCsv: (month) => { months.push(month); return Promise.resolve(lines); } }, { save: path });
    expect(await calls.saveSpendCsv({ month: '2026-01' })).toEqual({ rows: 2 });
    expect(await readFile(path, 'utf8')).toBe(lines.join(''));
    expect(await readdir(folder)).toEqual(['spend.csv']);
    expect(months).toEqual(['2026-01']);
  });

  it('names the file after the current month when none is given', async () => {
    const log: unknown[] = [];
    await handlers({ currentSpend, spendCsv: () => Promise.resolve(lines) }, { save: join(folder, 'a.csv') }, log).saveSpendCsv({ month: null });
    expect(log).toMatchObject([{ defaultPath: 'lungdesk-spend-2026-01.csv' }]);
  });

  it('writes nothing when the person cancels', async () => {
    expect(await handlers({ currentSpend }, { save: null }).saveSpendCsv({ month: null })).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  it('says that it could not be saved, without the path, and leaves nothing behind', async () => {
    const calls = handlers({ spendCsv: () => Promise.resolve(lines) }, { save: join(folder, 'missing', 'a.csv') });
    await expect(calls.saveSpendCsv({ month: '2026-01' })).rejects.toMatchObject({ code: 'file-not-saved', message: expect.not.stringContaining(folder) as string });
    expect(await readdir(folder)).toEqual([]);
  });
});
