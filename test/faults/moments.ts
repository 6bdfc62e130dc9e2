import type { AttemptLedger } from '../../src-main/ledger/attempt-ledger.ts';
import type { RelayTransport } from '../../src-main/relay/transport.ts';
import type { FaultClock } from './fault-clock.ts';
import type { NamedFault } from './named-fault.ts';

/** What a moment does, and where it steps in. */
export interface MomentHooks {
  /** Before the reading is taken up. */
  readonly onStart?: () => void;
  /** A whole request has gone through. */
  readonly onRequest?: (index: number) => void;
  /** A pause before another try begins. */
  readonly onPause?: () => void;
  readonly aroundTransport?: (inner: RelayTransport) => RelayTransport;
  readonly aroundLedger?: (inner: AttemptLedger) => AttemptLedger;
}

/** What a moment can do. */
export interface MomentActs {
  readonly clock: Pick<FaultClock, 'advance'>;
  readonly cancel: () => void;
  /** LungDesk ends where it is: nothing that it waits for comes any more. */
  readonly crash: () => void;
  readonly sleep: () => void;
}

/** Longer than LungDesk waits for the first byte. */
const firstByteMs = 180_000;
/** Longer than LungDesk waits for an answer after a cancel. */
const drainMs = 30_000;

/** Hooks of a fault's moment. */
export function hooksOf({ moment, spoiled }: Pick<NamedFault, 'moment' | 'spoiled'>, { clock, cancel, crash, sleep }: MomentActs): MomentHooks {
  const never = new Promise<never>(() => undefined);
  const atFirst = (act: () => void): MomentHooks => ({ onRequest: (index: number) => { if (index === 0) act(); } });
  switch (moment) {
    case null: case 'budget-too-small': return {};
    case 'deadline': return { onRequest: (index) => { if (index < spoiled) clock.advance(firstByteMs); } };
    case 'machine-slept': return atFirst(sleep);
    case 'cancel-before-sending': return { onStart: cancel };
    case 'cancel-before-first-byte': return {
      aroundLedger: (inner) => ({
        ...inner,
        async reserve(opening) {
          const id = await inner.reserve(opening);
          cancel();
          return id;
        },
      }),
    };
    case 'cancel-drained': return atFirst(cancel);
    case 'cancel-unanswered': return atFirst(() => {
      cancel();
      clock.advance(drainMs);
    });
    case 'cancel-between-tries': return { onPause: cancel };
    case 'crash-reserved': return {
      aroundTransport: () => ({
        send() {
          crash();
          return never;
        },
      }),
    };
    case 'crash-marked': return {
      aroundTransport: () => ({
        async send(call) {
          await call.beforeFirstByte?.();
          crash();
          return never;
        },
      }),
    };
    case 'crash-on-the-wire': case 'killed-on-the-wire': return atFirst(crash);
    case 'crash-twice-on-the-wire': return { onRequest: (index) => { if (index < 2) crash(); } };
    case 'crash-answer-stored': return {
      aroundLedger: (inner) => ({
        ...inner,
        async settle(attemptId, end) {
          await inner.settle(attemptId, end);
          crash();
          return never;
        },
      }),
    };
  }
}
