import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { LogEntry } from '../platform/log-event.ts';

/** Tells the log what happened in the shell: an event from its list and an error's code; never an address or a name. */
export type ShellReport = (event: LogEntry['event'], code?: ErrorCode) => void;
