import type { DiagnosisStep } from '../../src-shared/domain/diagnosis.ts';
import type { WorkstationEvent } from '../workstation-port.ts';

/** Tells listeners what changed, a few times a second at most, however fast it changes. */
export interface ChangeNotices {
  subscribe(listener: (event: WorkstationEvent) => void): () => void;
  reading(readingId: string): void;
  spend(): void;
  settings(): void;
  /** Told at once: a person watches. */
  diagnosis(relayId: string, model: string, step: DiagnosisStep | null): void;
  close(): void;
}

const pauseMs = 150;

/** Makes the notices; the first change is told after the pause, together with all that follow in it. */
export function createChangeNotices(): ChangeNotices {
  const listeners = new Set<(event: WorkstationEvent) => void>();
  const readings = new Set<string>();
  let spend = false;
  let settings = false;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    timer = undefined;
    const events: WorkstationEvent[] = [];
    if (readings.size > 0) events.push({ name: 'readingsChanged', event: { readingIds: [...readings] } });
    if (spend) events.push({ name: 'spendChanged', event: {} });
    if (settings) events.push({ name: 'settingsChanged', event: {} });
    readings.clear();
    spend = false;
    settings = false;
    for (const listener of listeners) for (const event of events) listener(event);
  }

  function later(): void {
    timer ??= setTimeout(flush, pauseMs);
    timer.unref();
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reading(readingId) {
      readings.add(readingId);
      later();
    },
    spend() {
      spend = true;
      later();
    },
    settings() {
      settings = true;
      later();
    },
    diagnosis(relayId, model, step) {
      for (const listener of listeners) listener({ name: 'diagnosisStep', event: { relayId, model, step } });
    },
    close() {
      clearTimeout(timer);
      listeners.clear();
    },
  };
}
