import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReadingDocument } from '../../../src-shared/domain/reading.ts';
import type { ReadingDetail } from '../../../src-shared/domain/views.ts';
import { microUsd } from '../../../src-shared/domain/units.ts';
import type { Clock } from '../../../src-main/platform/clock.ts';
import { runDemo } from '../../../src-main/shell/demo.ts';
import type { DemoParts } from '../../../src-main/shell/demo.ts';
import { fakeWorkstation, queueRow } from '../../helpers/fake-workstation.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lungdesk-demo-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const reading = {
  status: 'complete', priority: 'routine', coverage: { planned: 3, valid: 3, searched: 0, outsideLungs: 0 }, lungs: null, plan: 'relay', search: null, candidates: [], findings: [], models: [], problems: [], notice: 'Research use only.',
  cost: { currency: 'USD', knownMicroUsd: microUsd(0), possibleMicroUsd: microUsd(0) },
} as unknown as ReadingDocument;

/** A program whose page follows navigation, draws a moving picture twice and then rests; time passes only by waiting. */
function setUp(status: ReadingDocument['status'], options: { readonly restless?: boolean; readonly neverRead?: boolean } = {}): { readonly parts: DemoParts; readonly lines: string[] } {
  const lines: string[] = [];
  let url = 'about:blank';
  let frame = 0;
  let now = 0;
  let looks = 0;
  const workstation = fakeWorkstation({
    updateSettings: async () => fakeWorkstation().settings(),
    readSampleExam: () => Promise.resolve({ readingId: 'r1' }),
    openReading: () => {
      looks += 1;
      const ended = looks > 1 && options.neverRead !== true;
      if (!ended) setImmediate(() => { workstation.emit({ name: 'readingsChanged', event: { readingIds: ['r1'] } }); });
      return Promise.resolve({ row: queueRow(ended ? { status } : { state: 'reading', status: null }) } as ReadingDetail);
    },
    readingDocument: () => Promise.resolve({ ...reading, status }),
  });
  const clock: Pick<Clock, 'wait' | 'monotonicMs'> = {
    monotonicMs: () => now,
    wait: async (ms, signal) => {
      now += ms < 1000 ? ms : 0;
      if (url === 'about:blank') url = 'app://lungdesk/index.html#/queue';
      if (ms >= 1000 && options.neverRead !== true) await new Promise((_resolve, reject) => signal?.addEventListener('abort', () => { reject(new Error('ended')); }));
    },
  };
  const webContents = {
    getURL: () => url,
    executeJavaScript: () => Promise.resolve(frame > 0 || (frame += 1) > 1),
    capturePage: () => Promise.resolve({ toPNG: () => Buffer.from(`${url} ${String(options.restless === true ? (frame += 1) : Math.min((frame += 1), 4))}`) }),
  };
  const parts: DemoParts = {
    workstation, clock, screenshotFolder: join(folder, 'shots'), window: { webContents } as unknown as DemoParts['window'], write: (line) => lines.push(line),
    send: (_name, event) => {
      frame = 1;
      url = `app://lungdesk/index.html#/${event.screen === 'reading' ? `exam/${event.readingId}` : event.screen}`;
    },
  };
  return { parts, lines };
}

describe('runDemo', () => {
  it('reads the sample, prints it and takes a picture of every screen once it rests', async () => {
    const { parts, lines } = setUp('complete');
    expect(await runDemo(parts)).toBe(0);
    expect(lines.slice(0, 3)).toEqual(['The sample exam', 'Reading:  complete', 'Priority: routine']);
    expect((await readdir(join(folder, 'shots'))).sort()).toEqual(['exam.png', 'queue.png', 'settings.png', 'spend.png', 'welcome.png']);
    expect(await readFile(join(folder, 'shots/exam.png'), 'utf8')).toBe('app://lungdesk/index.html#/exam/r1 4');
  });

  it.each(['incomplete', 'failed', 'held'] as const)('ends with 1 when the reading is %s', async (status) => {
    const { parts, lines } = setUp(status);
    expect(await runDemo({ ...parts, screenshotFolder: null })).toBe(1);
    expect(lines[1]).toContain(status);
    expect(await readdir(folder)).toEqual([]);
  });

  it('gives up on a screen that never rests', async () => {
    await expect(runDemo(setUp('complete', { restless: true }).parts)).rejects.toMatchObject({ message: 'the screen welcome did not come to rest' });
  });

  it('gives up on a reading that never ends', async () => {
    const { parts } = setUp('complete', { neverRead: true });
    await expect(runDemo({ ...parts, screenshotFolder: null })).rejects.toMatchObject({ message: 'the sample exam was not read in time' });
  });
});
