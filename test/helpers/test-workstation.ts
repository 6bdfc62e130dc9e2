import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createWorkstation } from '../../src-main/workstation.ts';
import type { Workstation } from '../../src-main/workstation-port.ts';
import type { RelayOverride } from '../../src-main/workstation/relay-desk.ts';
import { startPracticeRelay } from '../../src-main/relay/practice-relay/practice-relay.ts';
import type { PracticeRelay, PracticeRelayOptions } from '../../src-main/relay/practice-relay/practice-relay.ts';
import { createMemorySecretStore } from '../../src-main/platform/memory-secret-store.ts';
import type { ReadingMode } from '../../src-shared/domain/request-plan.ts';
import { ctSlice } from './dicom-writer.ts';
import type { CtSliceOptions } from './dicom-writer.ts';
import { temporaryFolder } from './fresh-database.ts';

/**
 * A real workstation in a folder of its own, closed with the test; its keychain is in memory.
 *
 * A relay is shown every slice, unless the test says otherwise: synthetic exams are too coarse for a sweep.
 */
export async function testWorkstation(
  options: { readonly relay?: RelayOverride; readonly dataFolder?: string; readonly readingMode?: ReadingMode } = {},
): Promise<Workstation> {
  const workstation = await createWorkstation({
    dataFolder: options.dataFolder ?? join(temporaryFolder(), 'home'),
    keychain: { ...createMemorySecretStore(), close: () => undefined },
    ...(options.relay === undefined ? {} : { relay: options.relay }),
  });
  onTestFinished(() => workstation.stop());
  await workstation.updateSettings({ readingMode: options.readingMode ?? 'slices' });
  return workstation;
}

/** A relay on loopback that serves every model name, with faults where asked. */
export async function testRelay(options: PracticeRelayOptions = {}): Promise<PracticeRelay & { readonly override: RelayOverride }> {
  const relay = await startPracticeRelay({ models: 'any', ...options });
  onTestFinished(() => relay.close());
  return { ...relay, override: { baseUrl: relay.baseUrl.href, key: relay.token } };
}

/** Writes a synthetic exam and returns its folder. */
export function writeExam(sliceCount: number, options: Omit<CtSliceOptions, 'instanceNumber' | 'position'> = {}, folder = join(temporaryFolder(), 'exam')): string {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < sliceCount; index += 1) writeSlice(folder, index, options);
  return folder;
}

/** Writes one slice of a synthetic exam, 2.5 mm above the one before. */
export function writeSlice(folder: string, index: number, options: Omit<CtSliceOptions, 'instanceNumber' | 'position'> = {}): void {
  writeFileSync(join(folder, `slice-${index}.dcm`), ctSlice({ ...options, instanceNumber: index + 1, position: [-160, -160, 2.5 * index] }));
}

/** Resolves once `check` holds; looks again at every event of the workstation. */
export function until<Value>(workstation: Workstation, check: () => Promise<Value | null>): Promise<Value> {
  return new Promise((resolve, reject) => {
    let looking: Promise<void> = Promise.resolve();
    function look(): void {
      looking = looking.then(async () => {
        const value = await check();
        if (value === null) return;
        unsubscribe();
        resolve(value);
      }, reject);
      looking.catch(reject);
    }
    const unsubscribe = workstation.subscribe(look);
    look();
  });
}
