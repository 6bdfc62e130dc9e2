import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp } from '../helpers/launch-app.ts';

/** Medians of starting LungDesk on this machine. */
export interface StartFigures {
  readonly runs: number;
  /** From the start of the process to the first frame on which a person can act, ms. */
  readonly interactiveMs: number;
  /** Resident memory of the main process and of everything it started, 5 s after that, MiB. */
  readonly mainMiB: number;
  readonly allMiB: number;
}

const idleMs = 5_000;

/**
 * Measures the start of the built app to its first interactive frame, and its memory when nobody does anything.
 *
 * @param runs - Starts, each with a data folder of its own.
 */
export async function runStartBench(runs = 5): Promise<StartFigures> {
  const figures: { interactiveMs: number; mainMiB: number; allMiB: number }[] = [];
  for (let run = 0; run < runs; run += 1) {
    const home = mkdtempSync(join(tmpdir(), 'lungdesk-bench-'));
    const started = performance.now();
    const running = await launchApp({ home, reload: false });
    await running.page.getByRole('button', { name: 'Choose a folder to watch' }).waitFor();
    await running.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const interactiveMs = performance.now() - started;
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    const main = running.app.process().pid ?? 0;
    figures.push({ interactiveMs, mainMiB: residentMiB(main), allMiB: [main, ...descendants(main)].reduce((sum, pid) => sum + residentMiB(pid), 0) });
    await running.close();
    rmSync(home, { recursive: true, force: true });
  }
  const median = (of: (one: (typeof figures)[number]) => number): number => {
    const sorted = figures.map(of).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return { runs, interactiveMs: median((one) => one.interactiveMs), mainMiB: median((one) => one.mainMiB), allMiB: median((one) => one.allMiB) };
}

/** Proportional set size: pages that processes share are counted once. */
function residentMiB(pid: number): number {
  try {
    const line = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return Number(line?.[1] ?? 0) / 1024;
  } catch {
    // The process has ended since it was listed.
    return 0;
  }
}

function descendants(parent: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const parentPid = Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1]);
      children.set(parentPid, [...(children.get(parentPid) ?? []), Number(name)]);
    } catch {
      // Ended meanwhile.
    }
  }
  function below(pid: number): readonly number[] {
    return (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  }
  return below(parent);
}
