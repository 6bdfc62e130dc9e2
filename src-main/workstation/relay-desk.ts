import { AppError } from '../../src-shared/domain/errors.ts';
import type { RelaySetting } from '../../src-shared/domain/relay-setting.ts';
import type { RelayCheck, RelayHealthView } from '../../src-shared/domain/views.ts';
import type { Clock } from '../platform/clock.ts';
import type { RelayKeyDoor } from '../platform/relay-key.ts';
import type { RelayChoice } from '../reading/reading-desk.ts';
import type { ModelCatalogue } from '../relay/catalogue.ts';
import { checkRelay } from '../relay/check-relay.ts';
import { waysFor } from '../relay/fallback.ts';
import { startPracticeRelay } from '../relay/practice-relay/practice-relay.ts';
import type { PracticeRelay } from '../relay/practice-relay/practice-relay.ts';
import type { RelayStop, RelayTarget } from '../relay/relay.ts';
import type { RelayTraffic } from '../relay/relay-traffic.ts';
import { createRelayWatch } from '../relay/relay-watch.ts';
import type { RelayTransport } from '../relay/transport.ts';
import { createRelayPlaces } from './relay-places.ts';
import type { RelayPlace, RelayPlacesParts } from './relay-places.ts';
import { createRelayWays } from './relay-ways.ts';
import type { ReadingToPlace } from './relay-ways.ts';

export type { RelayOverride } from './relay-places.ts';

/** What deciding where to read needs. */
export interface RelayDeskParts extends RelayPlacesParts {
  readonly clock: Clock;
  readonly catalogue: ModelCatalogue;
  readonly traffic: RelayTraffic;
  /** Way to the practice relay on this machine, never through a proxy. */
  readonly loopbackTransport: RelayTransport;
  /** A relay that could not be reached answers again: readings that waited for it may go on. */
  readonly onBack: () => void;
  /** Whether a model may be sent exams on a relay: it is known, or has passed a diagnosis there. */
  readonly isProven: (target: RelayTarget, model: string) => Promise<boolean>;
}

/** Decides where a reading goes: a relay that is set up, what the clinic allows in its place, or the practice relay while there is no key. */
export interface RelayDesk {
  /**
   * Decides for one reading. A way that stood in is kept for the rest of the reading.
   *
   * @param isAnswered - It has answers: then it stays with the kind of relay that gave them. Answers of the practice relay
   *   mean nothing, and must neither complete a paid reading nor be completed by one.
   */
  choose(reading: ReadingToPlace, isAnswered: boolean): Promise<RelayChoice>;
  /** A stop that names a fallback: this way is not taken again for the rest of the reading; ask choose() for the next. */
  giveUp(readingId: string, target: RelayTarget, model: string, stop: RelayStop): void;
  /** Looks at a relay's model list: of the one with this id, or of the one in use. @throws {AppError} keychain-*, key-missing */
  check(relayId?: string): Promise<RelayCheck>;
  /** The relay with this id ('practice': the one built in), or the one in use. @throws {AppError} keychain-*, key-missing, request-invalid for an id that is not there */
  target(relayId?: string): Promise<RelayTarget>;
  /** What the ledger calls each relay, by id. */
  titles(): Promise<ReadonlyMap<string, string>>;
  /** How every relay does. */
  health(): Promise<readonly RelayHealthView[]>;
  /** Door to a relay's key: of the one with this id, or of the first. @throws {AppError} request-invalid for an id that is not there */
  keyDoor(relayId?: string): Promise<RelayKeyDoor>;
  /** A relay's address, headers or key changed: what was learnt about it is forgotten. */
  changed(relayId: string): void;
  /** Looks for lost relays at once. */
  lookNow(): void;
  /** The machine woke up: connections from before are dead without knowing it. */
  resumed(): Promise<void>;
  /** True while readings go to the practice relay. */
  isPractice(): Promise<boolean>;
  host(): Promise<string>;
  models(practice: boolean): Promise<{ readonly standard: string; readonly accurate: string }>;
  close(): Promise<void>;
}

/** The relay that readings begin with: the first that is set up. */
type FirstPlace = { readonly relay: RelaySetting; readonly place: Exclude<RelayPlace, { readonly kind: 'unset' }> };

/** Opens the desk; the practice relay is started when it is first needed. */
export function createRelayDesk(parts: RelayDeskParts): RelayDesk {
  const { clock, catalogue, traffic } = parts;
  const places = createRelayPlaces(parts);
  const checks = new Map<string, NonNullable<RelayHealthView['check']>>();
  let practiceRelay: Promise<PracticeRelay> | null = null;
  const watch = createRelayWatch({
    clock,
    async look(relayId, signal) {
      const place = await placeOf(relayId);
      return place?.kind === 'ready' ? (await look(place.target, signal)).state : null;
    },
    onBack: () => { parts.onBack(); },
  });
  const ways = createRelayWays({ clock, catalogue, traffic, watch, placeOf, look, isProven: parts.isProven });

  async function look(target: RelayTarget, signal?: AbortSignal): Promise<RelayCheck> {
    const check = await checkRelay(target, signal);
    checks.set(target.id, { state: check.state, at: clock.now() });
    watch.seen(target.id, check.state);
    return check;
  }
  async function placeOf(relayId: string): Promise<RelayPlace | null> {
    const relay = (await places.list()).find(({ id }) => id === relayId);
    return relay === undefined ? null : places.place(relay);
  }
  async function firstPlace(): Promise<FirstPlace | null> {
    for (const relay of await places.list()) {
      const place = await places.place(relay);
      if (place.kind !== 'unset') return { relay, place };
    }
    return null;
  }
  async function relayAt(relayId: string | undefined): Promise<RelaySetting> {
    const list = await places.list();
    const relay = relayId === undefined ? list[0] : list.find(({ id }) => id === relayId);
    if (relay === undefined) throw new AppError('request-invalid', 'there is no such relay');
    return relay;
  }

  async function practiceTarget(): Promise<RelayTarget> {
    practiceRelay ??= startPracticeRelay();
    const starting = practiceRelay;
    // One that could not be started is started anew the next time.
    starting.catch(() => { if (practiceRelay === starting) practiceRelay = null; });
    const { baseUrl, token } = await starting;
    return {
      id: 'practice', name: 'practice', baseUrl, key: token, extraHeaders: {}, priceMultiplierPercent: 100, practice: true, transport: parts.loopbackTransport,
    };
  }

  async function target(relayId: string | undefined): Promise<RelayTarget> {
    if (relayId === 'practice') return practiceTarget();
    const place = relayId === undefined ? (await firstPlace())?.place : await places.place(await relayAt(relayId));
    if (place?.kind === 'ready') return place.target;
    if (place?.kind === 'withheld') throw new AppError(place.code, 'the key for the relay cannot be used now', { retryable: true });
    if (place?.kind === 'unset' || places.isOverridden) throw new AppError('key-missing', 'no key is set for this relay', { retryable: true });
    return practiceTarget();
  }

  async function models(practice: boolean): Promise<{ readonly standard: string; readonly accurate: string }> {
    const { standardModel, accurateModel } = await parts.settings();
    const defaults = catalogue.defaults(practice);
    const fits = (model: string | null): model is string => model !== null && (catalogue.findModel(model)?.practice ?? false) === practice;
    return {
      standard: fits(standardModel) ? standardModel : defaults.standard,
      accurate: fits(accurateModel) ? accurateModel : defaults.accurate,
    };
  }
  async function choosePractice(reading: ReadingToPlace): Promise<RelayChoice> {
    return ways.onPractice(reading, await practiceTarget(), await modelFor(reading, true));
  }
  async function modelFor(reading: ReadingToPlace, practice: boolean): Promise<string> {
    const { standard, accurate } = await models(practice);
    return reading.modelOverride ?? (reading.highPriority ? accurate : standard);
  }

  return {
    models,
    isPractice: async () => !places.isOverridden && (await firstPlace()) === null,
    host: async () => places.sign(await relayAt(undefined)).host,
    async choose(reading, isAnswered) {
      if (isAnswered && reading.practice) return choosePractice(reading);
      const first = await firstPlace();
      if (first === null && (isAnswered || places.isOverridden)) return { kind: 'hold', holdFor: 'keychain', code: 'key-missing' };
      if (first === null) return choosePractice(reading);
      if (first.place.kind === 'withheld') return { kind: 'hold', holdFor: 'keychain', code: first.place.code };
      // Nobody agreed to the relay that is meant: no other one is taken silently.
      if (!first.place.confirmed) return { kind: 'hold', holdFor: 'consent', code: 'data-flow-unconfirmed' };
      const ids = (await places.list()).map(({ id }) => id);
      const { allowedFallbacks } = await parts.settings();
      return ways.among(reading, waysFor(await modelFor(reading, false), ids.slice(ids.indexOf(first.relay.id)), allowedFallbacks));
    },
    giveUp: (readingId, target, model, stop) => { ways.giveUp(readingId, target, model, stop); },
    target,
    check: async (relayId) => look(await target(relayId)),
    titles: async () => new Map((await places.list()).map((relay) => [relay.id, places.sign(relay).title])),
    async health() {
      const list = await places.list();
      return Promise.all(list.map(async (relay) => {
        const { id, title, host, confirmed, keyDoor } = places.sign(relay);
        return { relayId: id, title, host, confirmed, key: await keyDoor.state(), check: checks.get(id) ?? null, ...traffic.health(id) };
      }));
    },
    keyDoor: async (relayId) => places.sign(await relayAt(relayId)).keyDoor,
    changed(relayId) {
      traffic.reset(relayId);
      checks.delete(relayId);
      ways.forgetRelay(relayId);
      watch.lookNow();
    },
    lookNow: () => { watch.lookNow(); },
    async resumed() {
      traffic.resumed();
      await parts.transport.dropConnections?.();
      watch.lookNow();
    },
    async close() {
      watch.stop();
      const relay = practiceRelay;
      practiceRelay = null;
      await (await relay)?.close();
    },
  };
}
