import type { ErrorCode } from '../../src-shared/domain/errors.ts';

/** Rooms that write to the log. */
export const logRooms = [
  'intake', 'dicom', 'imaging', 'finder', 'relay', 'reading', 'review', 'ledger', 'export', 'store', 'platform', 'shell', 'workstation', 'cli',
] as const;

/** Everything that is ever logged, by name. A new event is added here: free text has no way into the log. */
export const logEvents = [
  'started', 'stopping', 'stopped', 'second-instance', 'unclean-exit-found',
  'folder-watching', 'folder-unreachable', 'study-arriving', 'study-settled', 'study-known', 'study-copied', 'study-revised', 'study-gone',
  'series-chosen', 'slice-prepared', 'slice-failed', 'worker-started', 'worker-ended',
  'reading-created', 'reading-moved', 'reading-held', 'reading-resumed', 'reading-ended', 'reading-failed', 'reading-cancelled',
  'attempt-reserved', 'attempt-sent', 'attempt-settled', 'attempt-failed', 'attempt-recovered', 'answer-refused', 'relay-checked', 'relay-paused',
  'budget-reached', 'database-opened', 'database-migrated', 'database-failed', 'key-set', 'key-deleted', 'keychain-failed',
  'window-opened', 'window-crashed', 'window-state-not-saved', 'child-process-gone', 'tray-missing', 'call-failed', 'start-failed', 'quit-failed',
  'navigation-refused', 'request-refused', 'sender-refused', 'permission-refused', 'network-refused',
  'export-written', 'doctor-run', 'settings-changed', 'fault',
] as const;

/** What one line of the log may hold: words from fixed lists, ids that LungDesk made itself, and numbers. */
export interface LogEntry {
  readonly level: 'info' | 'warning' | 'error';
  readonly room: (typeof logRooms)[number];
  readonly event: (typeof logEvents)[number];
  readonly code?: ErrorCode | undefined;
  /** Random ids of LungDesk's own (UUID); never a DICOM UID. */
  readonly studyId?: string | undefined;
  readonly readingId?: string | undefined;
  readonly attemptId?: string | undefined;
  readonly folderId?: string | undefined;
  readonly count?: number | undefined;
  readonly total?: number | undefined;
  readonly sizeBytes?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly httpStatus?: number | undefined;
}
