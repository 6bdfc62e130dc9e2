import { errorCodes } from '../../src-shared/domain/errors.ts';
import type { EpochMs } from '../../src-shared/domain/units.ts';
import { logEvents, logRooms } from './log-event.ts';
import type { LogEntry } from './log-event.ts';

const words: Readonly<Record<'level' | 'room' | 'event' | 'code', ReadonlySet<unknown>>> = {
  level: new Set(['info', 'warning', 'error']),
  room: new Set(logRooms),
  event: new Set(logEvents),
  code: new Set(errorCodes),
};
const ids = ['studyId', 'readingId', 'attemptId', 'folderId'] as const;
const numbers = ['count', 'total', 'sizeBytes', 'durationMs', 'httpStatus'] as const;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Writes an entry as one JSON line. The types keep identities out; this keeps them out also where the types were
 * circumvented: what is not on a list, no UUID and no number is left out and counted in `omitted`.
 *
 * @param entry - What happened.
 * @param time - When, UTC.
 */
export function logLine(entry: LogEntry, time: EpochMs): string {
  const line: Record<string, string | number> = { time: new Date(time).toISOString() };
  let omitted = Object.keys(entry).filter((key) => !(key in words) && !isOneOf(ids, key) && !isOneOf(numbers, key)).length;
  for (const key of ['level', 'room', 'event', 'code'] as const) {
    const value = entry[key];
    if (value === undefined) continue;
    if (words[key].has(value)) line[key] = value;
    else omitted += 1;
  }
  for (const key of ids) {
    const value: unknown = entry[key];
    if (value === undefined) continue;
    if (typeof value === 'string' && uuid.test(value)) line[key] = value;
    else omitted += 1;
  }
  for (const key of numbers) {
    const value: unknown = entry[key];
    if (value === undefined) continue;
    if (typeof value === 'number' && Number.isFinite(value)) line[key] = Math.round(value);
    else omitted += 1;
  }
  if (omitted > 0) line['omitted'] = omitted;
  return JSON.stringify(line);
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
