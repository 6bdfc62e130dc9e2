import type { EpochMs } from '../../src-shared/domain/units.ts';
import { epochMs } from '../../src-shared/domain/units.ts';
import type { RelayHealthView } from '../../src-shared/domain/views.ts';
import type { Clock } from '../platform/clock.ts';
import { createBreakerGate } from './breaker-gate.ts';
import type { BreakerGate } from './breaker-gate.ts';
import { createLimiter } from './limiter.ts';
import type { Limiter } from './limiter.ts';
import { createRetryAllowance } from './retry-allowance.ts';
import type { RetryAllowance } from './retry-allowance.ts';
import { createTokenPacer } from './token-pacer.ts';
import type { TokenPacer } from './token-pacer.ts';

/** What has been learnt about one model of a relay since the program started. */
export interface ModelLane {
  readonly pacer: TokenPacer;
  readonly gate: BreakerGate;
  /** Most pictures that a request may have; null while nobody has refused any number. */
  mostPictures: number | null;
}

/** The traffic to one relay. */
export interface RelayLane {
  readonly limiter: Limiter;
  model(model: string): ModelLane;
  /** An answer that could be used was whole this long after the connection was begun, ms. */
  noteLatency(ms: number): void;
}

/** What sending knows of every relay; one for the whole program. */
export interface RelayTraffic {
  /** Lane of a relay; each relay has a limit of its own. */
  lane(relayId: string): RelayLane;
  readonly retries: RetryAllowance;
  /** Sets the most requests in flight per relay, 1..8. */
  resize(mostInFlight: number): void;
  /** The relay's key, address or headers changed: what was learnt is of another relay. Requests in flight keep their slots. */
  reset(relayId: string): void;
  /** The machine woke up: what fails now of requests from before says nothing about a relay. */
  resumed(): void;
  /** Whether the machine has slept since a moment of the monotonic clock. */
  hasSleptSince(monotonicMs: number): boolean;
  health(relayId: string): Pick<RelayHealthView, 'latencyMs' | 'requestsInFlight' | 'limit' | 'paused'>;
}

interface Lane extends RelayLane {
  readonly models: Map<string, ModelLane>;
  readonly latencies: number[];
}

const latenciesKept = 9;

/**
 * Makes the program's traffic.
 *
 * @param clock - Of the program.
 * @param mostInFlight - Most requests in flight per relay, 1..8.
 */
export function createRelayTraffic(clock: Pick<Clock, 'monotonicMs' | 'now'>, mostInFlight: number): RelayTraffic {
  const lanes = new Map<string, Lane>();
  let most = mostInFlight;
  let wokeUpMs = Number.NEGATIVE_INFINITY;

  function openLane(): Lane {
    const models = new Map<string, ModelLane>();
    const latencies: number[] = [];
    return {
      limiter: createLimiter(clock, most),
      models,
      latencies,
      model(name) {
        const known = models.get(name) ?? { pacer: createTokenPacer(clock), gate: createBreakerGate(clock), mostPictures: null };
        models.set(name, known);
        return known;
      },
      noteLatency(ms) {
        latencies.push(ms);
        if (latencies.length > latenciesKept) latencies.shift();
      },
    };
  }
  function lane(relayId: string): Lane {
    const known = lanes.get(relayId) ?? openLane();
    lanes.set(relayId, known);
    return known;
  }
  function wallTime(monotonicMs: number): EpochMs {
    return epochMs(clock.now() + Math.max(0, monotonicMs - clock.monotonicMs()));
  }
  return {
    lane,
    retries: createRetryAllowance(clock),
    resize(mostNow) {
      most = mostNow;
      for (const { limiter } of lanes.values()) limiter.resize(most);
    },
    reset(relayId) {
      const known = lanes.get(relayId);
      if (known === undefined) return;
      for (const model of known.models.values()) {
        model.gate.reset();
        model.mostPictures = null;
      }
      known.latencies.length = 0;
    },
    resumed() {
      wokeUpMs = clock.monotonicMs();
    },
    hasSleptSince: (monotonicMs) => wokeUpMs >= monotonicMs,
    health(relayId) {
      const { limiter, models, latencies } = lane(relayId);
      const paused = [...models].flatMap(([model, { gate: { state } }]) => {
        if (state.kind === 'closed') return [];
        return [{ model, state: state.kind, nextTryAt: wallTime(state.kind === 'open' ? state.untilMs : clock.monotonicMs()) }];
      });
      return { latencyMs: median(latencies), requestsInFlight: limiter.inFlight, limit: limiter.limit, paused };
    },
  };
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
