import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { Events } from '../../src-shared/ipc/contract.ts';
import type { Clock } from '../platform/clock.ts';
import type { Workstation } from '../workstation-port.ts';
import { readingLines } from '../reading-text.ts';
import { isAppUrl } from './app-origin.ts';

/** What the demonstration drives. */
export interface DemoParts {
  readonly workstation: Pick<Workstation, 'readSampleExam' | 'openReading' | 'readingDocument' | 'updateSettings' | 'subscribe'>;
  readonly window: Pick<BrowserWindow, 'webContents'>;
  readonly send: (name: 'navigate', event: Events['navigate']) => void;
  readonly clock: Pick<Clock, 'wait' | 'monotonicMs'>;
  /** Folder for the pictures of the screens; null for none. */
  readonly screenshotFolder: string | null;
  readonly write: (line: string) => void;
}

const readingDeadlineMs = 300_000;
const screenDeadlineMs = 30_000;
const captureEveryMs = 250;

/**
 * Reads the sample exam in the open window, prints the reading and takes a picture of every screen.
 *
 * @returns The process's exit code: 0 only for a complete reading.
 * @throws {AppError} 'unexpected' when the reading or a screen does not come in time.
 */
export async function runDemo(parts: DemoParts): Promise<0 | 1> {
  const { workstation, write, screenshotFolder } = parts;
  if (screenshotFolder !== null) {
    await mkdir(screenshotFolder, { recursive: true });
    await takeScreenshot(parts, screenshotFolder, 'welcome', '');
  }
  await workstation.updateSettings({ welcomeSeen: true });
  const { readingId } = await workstation.readSampleExam();
  await readingEnded(parts, readingId);
  const reading = await workstation.readingDocument(readingId);
  write('The sample exam');
  for (const line of readingLines(reading)) write(line);
  if (screenshotFolder !== null) {
    for (const step of walk(readingId)) {
      parts.send('navigate', step.navigate);
      await takeScreenshot(parts, screenshotFolder, step.name, step.hash);
    }
    write(`Screenshots: ${screenshotFolder}`);
  }
  return reading.status === 'complete' ? 0 : 1;
}

function walk(readingId: string): readonly { readonly name: string; readonly hash: string; readonly navigate: Events['navigate'] }[] {
  return [
    { name: 'queue', hash: '#/queue', navigate: { screen: 'queue' } },
    { name: 'exam', hash: `#/exam/${readingId}`, navigate: { screen: 'reading', readingId } },
    { name: 'spend', hash: '#/spend', navigate: { screen: 'spend' } },
    { name: 'settings', hash: '#/settings', navigate: { screen: 'settings' } },
  ];
}

async function readingEnded({ workstation, clock }: DemoParts, readingId: string): Promise<void> {
  const ended = Promise.withResolvers<undefined>();
  async function look(): Promise<void> {
    const { row } = await workstation.openReading(readingId);
    if (row.status !== null || row.state === 'cancelled') ended.resolve(undefined);
  }
  const unsubscribe = workstation.subscribe((change) => {
    if (change.name === 'readingsChanged') look().catch(ended.reject);
  });
  const timer = new AbortController();
  try {
    await look();
    const late = clock.wait(readingDeadlineMs, timer.signal).then(() => {
      throw new AppError('unexpected', 'the sample exam was not read in time');
    });
    await Promise.race([ended.promise, late]);
  } finally {
    timer.abort();
    unsubscribe();
  }
}

// Something is drawn, and nothing says that it is still loading.
const isDrawn = `document.querySelector('#root')?.childElementCount > 0 && document.querySelector('[aria-busy="true"]') === null`;

/** Waits until the screen is drawn and two pictures in a row are the same: nothing is loading or moving any more. */
async function takeScreenshot({ window, clock }: DemoParts, folder: string, name: string, hash: string): Promise<void> {
  const deadline = clock.monotonicMs() + screenDeadlineMs;
  let last = Buffer.alloc(0);
  while (clock.monotonicMs() < deadline) {
    await clock.wait(captureEveryMs);
    const url = window.webContents.getURL();
    if (!isAppUrl(url) || !url.endsWith(hash) || (await window.webContents.executeJavaScript(isDrawn)) !== true) continue;
    const picture = (await window.webContents.capturePage()).toPNG();
    if (picture.length > 0 && last.equals(picture)) {
      await writeFile(join(folder, `${name}.png`), picture);
      return;
    }
    last = Buffer.from(picture);
  }
  throw new AppError('unexpected', `the screen ${name} did not come to rest`);
}
