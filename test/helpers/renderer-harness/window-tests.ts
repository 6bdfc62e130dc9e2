import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { sharedData } from '../shared-data.ts';
import { buildWindow } from './build-window.ts';
import type { BuiltFiles } from './build-window.ts';
import { decodeSeries, syntheticSeries } from './decode-series.ts';
import { fakeState } from './fake-main.ts';
import type { FakeState } from './fake-main.ts';
import { launchBrowser, openWindow } from './open-window.ts';
import type { OpenWindow } from './open-window.ts';

/** The built window in the hands of a test file. */
export interface WindowTests {
  /** What its exams show: LIDC-IDRI-0001 where it is there. */
  readonly series: ReturnType<typeof decodeSeries>;
  /** Opens the window at an address of its own; it is closed after the test. */
  readonly show: (hash: string, state?: FakeState) => Promise<Page>;
  /** Opens an exam and waits for its picture. */
  readonly showExam: (readingId: string, state?: FakeState) => Promise<Page>;
  /** What show opened last in this test. */
  readonly shown: () => OpenWindow;
}

/**
 * Builds the window for the tests of the file that calls it, and checks after each that its policy held, that nothing was thrown and
 * that nothing left for the network.
 */
export function windowTests(): WindowTests {
  const shared = sharedData('dev-ct-lidc-0001');
  const series = shared === null ? syntheticSeries(107) : decodeSeries(join(shared, 'series'));
  let browser: Browser;
  let files: BuiltFiles;
  let open: OpenWindow | null = null;
  beforeAll(async () => {
    files = await buildWindow();
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    const complaints = open?.complaints ?? [];
    await open?.close();
    open = null;
    expect(complaints).toEqual([]);
  });
  async function show(hash: string, state: FakeState = fakeState()): Promise<Page> {
    open = await openWindow(browser, files, series, state);
    await open.go(hash);
    return open.page;
  }
  return {
    series,
    show,
    async showExam(readingId, state) {
      const page = await show(`#/exam/${readingId}`, state);
      await page.locator('.viewport[data-rendered]').waitFor();
      return page;
    },
    shown() {
      if (open === null) throw new Error('no window is open');
      return open;
    },
  };
}
