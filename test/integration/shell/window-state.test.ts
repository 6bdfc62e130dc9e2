import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWindowState, writeWindowState } from '../../../src-main/shell/window-state.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lungdesk-window-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const state = { bounds: { x: 10, y: 20, width: 1200, height: 800 }, maximized: true };

describe('readWindowState', () => {
  it('reads what writeWindowState wrote', async () => {
    await writeWindowState(folder, state, 'a');
    await writeWindowState(folder, { ...state, maximized: false }, 'b');
    expect(await readWindowState(folder)).toEqual({ ...state, maximized: false });
    expect(await readdir(folder)).toEqual(['window-state.json']);
  });

  it.each(['', '{', 'null', '[]', '{"bounds":{}}', JSON.stringify({ ...state, preload: '/evil.js' }), 'x'.repeat(100)])('takes %j for a first run', async (text) => {
    await writeFile(join(folder, 'window-state.json'), text);
    expect(await readWindowState(folder)).toBeNull();
  });

  it('takes a missing file or folder for a first run', async () => {
    expect(await readWindowState(folder)).toBeNull();
    expect(await readWindowState(join(folder, 'missing'))).toBeNull();
  });
});
