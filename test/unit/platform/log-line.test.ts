import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../src-shared/domain/errors.ts';
import { epochMs } from '../../../src-shared/domain/units.ts';
import { logEvents, logRooms } from '../../../src-main/platform/log-event.ts';
import type { LogEntry } from '../../../src-main/platform/log-event.ts';
import { logLine } from '../../../src-main/platform/log-line.ts';

const time = epochMs(Date.UTC(2026, 1, 3, 4, 5, 6, 7));

describe('logLine', () => {
  it('writes the listed words, ids and numbers', () => {
    expect(logLine({
      level: 'warning', room: 'relay', event: 'attempt-failed', code: 'relay-timeout', attemptId: '0b0e4b3e-7f5e-4a57-9d0e-1c2d3e4f5a6b',
      count: 2, durationMs: 12.6, httpStatus: 504,
    }, time)).toBe('{"time":"2026-02-03T04:05:06.007Z","level":"warning","room":"relay","event":"attempt-failed","code":"relay-timeout",'
      + '"attemptId":"0b0e4b3e-7f5e-4a57-9d0e-1c2d3e4f5a6b","count":2,"durationMs":13,"httpStatus":504}');
  });

  it.each(['Doe^Jane', 'doe-jane', '/exams/doe jane/IM1', 'C:\\exams\\doe', '1.3.6.1.4.1.14519.5.2.1', 'sk-live-0123456789', '../x', 'A'.repeat(36)])(
    'leaves %j out wherever it is put', (secret) => {
      const fields = ['level', 'room', 'event', 'code', 'studyId', 'readingId', 'attemptId', 'folderId', 'count', 'total', 'sizeBytes', 'durationMs', 'httpStatus', 'message', secret];
      const entry = Object.fromEntries(fields.map((field) => [field, secret])) as unknown as LogEntry;
      const line = logLine(entry, time);
      expect(line).toBe(`{"time":"2026-02-03T04:05:06.007Z","omitted":${fields.length}}`);
    });

  it('holds nothing but listed words, UUIDs and numbers, whatever it is given', () => {
    const allowed = new Set<unknown>([...errorCodes, ...logEvents, ...logRooms, 'info', 'warning', 'error']);
    const key = fc.oneof(fc.constantFrom('level', 'room', 'event', 'code', 'studyId', 'readingId', 'count', 'durationMs'), fc.string());
    const value = fc.oneof(fc.string(), fc.uuid(), fc.double(), fc.object(), fc.constantFrom(...allowed));
    fc.assert(fc.property(fc.dictionary(key, value), (entry) => {
      const parsed = JSON.parse(logLine(entry as unknown as LogEntry, time)) as Record<string, unknown>;
      for (const [name, held] of Object.entries(parsed)) {
        const isAllowed = name === 'time' ? held === '2026-02-03T04:05:06.007Z'
          : typeof held === 'number' || allowed.has(held) || /^[0-9a-f-]{36}$/.test(String(held));
        expect(isAllowed, `${name} ${String(held)}`).toBe(true);
      }
    }));
  });
});
