import type { FileInspection, SettledStudy } from '../../src-shared/domain/study.ts';
import { collectFolder } from '../intake/collect-folder.ts';
import { sampleExamAttribution, sampleExamStudyInstanceUid } from '../intake/sample-exam.ts';
import type { Clock } from '../platform/clock.ts';
import { admitStudy } from '../reading/admit-study.ts';
import type { Arrival } from '../reading/admit-study.ts';
import type { Database } from '../store/open-database.ts';

/** What taking in exams needs. */
export interface AdmissionDeskParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly inspect: (path: string) => Promise<FileInspection>;
  readonly changed: (readingId: string) => void;
}

/** Takes in exams, one after the other: two copies that settle at the same moment must see each other. */
export interface AdmissionDesk {
  /** Takes in one exam; gives the reading it leads to. */
  admit(study: SettledStudy, arrival: Omit<Arrival, 'study' | 'attribution'>): Promise<string>;
  /**
   * Takes in every exam of a folder that a person named.
   *
   * @throws {AppError} folder-missing, folder-empty, folder-without-dicom.
   */
  admitFolder(path: string, how: Pick<Arrival, 'highPriority' | 'model' | 'plan' | 'mode' | 'practiceCounts'>): Promise<readonly string[]>;
}

/** Opens the desk. */
export function createAdmissionDesk({ database, clock, inspect, changed }: AdmissionDeskParts): AdmissionDesk {
  let last: Promise<unknown> = Promise.resolve();

  async function admit(study: SettledStudy, arrival: Omit<Arrival, 'study' | 'attribution'>): Promise<string> {
    const attribution = study.studyInstanceUid === sampleExamStudyInstanceUid ? sampleExamAttribution : null;
    const admitted = last.then(() => admitStudy(database, clock, { ...arrival, study, attribution }));
    // Whoever asked hears of a fault; the next one does not wait for it.
    last = admitted.catch(() => undefined);
    const readingId = await admitted;
    changed(readingId);
    return readingId;
  }

  return {
    admit,
    async admitFolder(path, how) {
      const readings: string[] = [];
      for (const study of await collectFolder(path, inspect, clock)) {
        readings.push(await admit(study, { ...how, readingId: clock.newId(), receivedAt: clock.now(), asked: true }));
      }
      return readings;
    },
  };
}
