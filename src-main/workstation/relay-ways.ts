import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { FallbackWay } from '../../src-shared/domain/relay-setting.ts';
import type { RelayCheck } from '../../src-shared/domain/views.ts';
import type { Clock } from '../platform/clock.ts';
import type { RelayChoice } from '../reading/reading-desk.ts';
import type { ModelCatalogue } from '../relay/catalogue.ts';
import { nextWay, reasonFor } from '../relay/fallback.ts';
import type { GivenUpWay } from '../relay/fallback.ts';
import type { RelayStop, RelayTarget } from '../relay/relay.ts';
import type { RelayTraffic } from '../relay/relay-traffic.ts';
import type { RelayWatch } from '../relay/relay-watch.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { createGivenUpWays } from './given-up-ways.ts';
import type { RelayPlace } from './relay-places.ts';

/** What of a reading decides where it goes. */
export type ReadingToPlace = Pick<StoredReading, 'id' | 'heldFor' | 'highPriority' | 'modelOverride' | 'practice'>;

/** What choosing a way needs. */
export interface RelayWaysParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly catalogue: ModelCatalogue;
  readonly traffic: RelayTraffic;
  readonly watch: RelayWatch;
  readonly placeOf: (relayId: string) => Promise<RelayPlace | null>;
  /** Asks a relay for its model list. */
  readonly look: (target: RelayTarget) => Promise<RelayCheck>;
  /** Whether a model may be sent exams on a relay: it is known, or has passed a diagnosis there. */
  readonly isProven: (target: RelayTarget, model: string) => Promise<boolean>;
}

/** Chooses among the ways that a reading may take, and remembers for the rest of the reading which were given up. */
export interface RelayWays {
  /**
   * Chooses the first way that can be taken now.
   *
   * @param ways - From waysFor; never empty.
   */
  among(reading: ReadingToPlace, ways: readonly FallbackWay[]): Promise<RelayChoice>;
  /** The practice relay has no stand-in. */
  onPractice(reading: ReadingToPlace, target: RelayTarget, model: string): Promise<RelayChoice>;
  giveUp(readingId: string, target: RelayTarget, model: string, stop: RelayStop): void;
  /** A relay was changed: what was given up may work now. */
  forgetRelay(relayId: string): void;
}

/** Why a way cannot be taken. */
type Hindrance = Pick<GivenUpWay, 'scope' | 'code' | 'hold'>;

/** Makes the chooser; it remembers as long as the program runs. */
export function createRelayWays({ clock, catalogue, traffic, watch, placeOf, look, isProven }: RelayWaysParts): RelayWays {
  const givenUp = createGivenUpWays();

  /** Why a model cannot be asked on a relay now; null when it can. */
  async function hindrance(reading: ReadingToPlace, target: RelayTarget, model: string): Promise<Hindrance | null> {
    const refusal = catalogue.forRelay(target.id).refusal(model, clock.now(), target.practice);
    if (refusal !== null) return { scope: 'model', code: refusal, hold: null };
    if (!(await isProven(target, model))) return { scope: 'model', code: 'model-unproven', hold: 'relay' };
    if (watch.isLost(target.id)) return { scope: 'relay', code: 'relay-unreachable', hold: 'offline' };
    const pause = traffic.health(target.id).paused.find((one) => one.model === model);
    if (pause?.state === 'open' && pause.nextTryAt > clock.now()) return { scope: 'model', code: 'relay-paused', hold: 'offline' };
    if (reading.heldFor !== 'offline' && reading.heldFor !== 'relay') return null;
    const code = checkCodes[(await look(target)).state];
    if (code === null) return null;
    if (reading.heldFor === 'offline' && !target.practice) watch.lost(target.id);
    return { scope: 'relay', code, hold: reading.heldFor };
  }

  async function reach(reading: ReadingToPlace, way: FallbackWay): Promise<RelayTarget | Hindrance> {
    const place = await placeOf(way.relayId);
    if (place === null || place.kind === 'unset') return { scope: 'relay', code: 'key-missing', hold: 'keychain' };
    if (place.kind === 'withheld') return { scope: 'relay', code: place.code, hold: 'keychain' };
    if (!place.confirmed) return { scope: 'relay', code: 'data-flow-unconfirmed', hold: 'consent' };
    return (await hindrance(reading, place.target, way.model)) ?? place.target;
  }

  return {
    async among(reading, ways) {
      // It waited: whatever it waited for, every way is open again now that it goes on.
      if (reading.heldFor !== null) givenUp.forget(reading.id);
      for (let way = nextWay(ways, givenUp.of(reading.id)); way !== null; way = nextWay(ways, givenUp.of(reading.id))) {
        const reached = await reach(reading, way);
        if ('transport' in reached) return { kind: 'target', target: reached, model: way.model };
        givenUp.add(reading.id, { ...way, ...reached });
      }
      const [preferred] = ways;
      const reason = preferred === undefined ? null : reasonFor(preferred, givenUp.of(reading.id));
      givenUp.forget(reading.id);
      return waiting(reason ?? { code: 'relay-failed', hold: 'relay' });
    },
    async onPractice(reading, target, model) {
      const hindered = await hindrance(reading, target, model);
      return hindered === null ? { kind: 'target', target, model } : waiting(hindered);
    },
    giveUp(readingId, target, model, { scope, code, hold }) {
      givenUp.add(readingId, { relayId: target.id, model, scope, code, hold });
      if (hold === 'offline' && scope === 'relay' && !target.practice) watch.lost(target.id);
    },
    forgetRelay: (relayId) => { givenUp.forgetRelay(relayId); },
  };
}

function waiting({ code, hold }: Pick<Hindrance, 'code' | 'hold'>): RelayChoice {
  if (hold !== null) return { kind: 'hold', holdFor: hold, code };
  return { kind: 'fail', problem: { code, message: refusalTexts[code] ?? 'the model cannot be used' } };
}

const refusalTexts: Partial<Record<ErrorCode, string>> = {
  'model-without-vision': 'the chosen model cannot see images; choose another under Settings',
  'model-retired': 'the chosen model is no longer offered; choose another under Settings',
  'relay-model-unknown': 'the practice relay offers only its practice models, and only it offers them',
};

const checkCodes: Readonly<Record<RelayCheck['state'], ErrorCode | null>> = {
  ok: null,
  practice: null,
  unreachable: 'relay-unreachable',
  unauthorised: 'relay-unauthorised',
  portal: 'relay-portal',
  tls: 'relay-tls',
  proxy: 'relay-proxy',
  refused: 'relay-failed',
};
