import { AppError, problemOf } from '../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { HoldReason } from '../../src-shared/domain/reading.ts';
import type { Settings } from '../../src-shared/domain/settings.ts';
import type { RelayCheck } from '../../src-shared/domain/views.ts';
import type { Clock } from '../platform/clock.ts';
import type { RelayKeyDoor } from '../platform/relay-key.ts';
import type { RelayChoice } from '../reading/reading-desk.ts';
import type { ModelCatalogue } from '../relay/catalogue.ts';
import { checkRelay } from '../relay/check-relay.ts';
import { startPracticeRelay } from '../relay/practice-relay/practice-relay.ts';
import type { PracticeRelay } from '../relay/practice-relay/practice-relay.ts';
import { isLoopbackHost, parseRelayBaseUrl } from '../relay/relay-address.ts';
import type { RelayTarget } from '../relay/relay.ts';
import type { RelayTransport } from '../relay/transport.ts';
import type { StoredReading } from '../store/reading-table.ts';

/** A relay named on the command line; whoever names it there wants the images to go there. */
export interface RelayOverride {
  readonly baseUrl: string;
  readonly key: string | null;
}

/** What deciding where to read needs. */
export interface RelayDeskParts {
  readonly clock: Clock;
  readonly catalogue: ModelCatalogue;
  readonly settings: () => Promise<Settings>;
  /** Door to the key of the relay in the settings (or of the override). */
  readonly keyDoor: RelayKeyDoor;
  /** Way to relays on the network. */
  readonly transport: RelayTransport;
  /** Way to the practice relay on this machine, never through a proxy. */
  readonly loopbackTransport: RelayTransport;
  readonly override: RelayOverride | null;
}

/** Decides where a reading goes: the relay that is set up, or the practice relay while there is no key. */
export interface RelayDesk {
  /**
   * Decides for one reading.
   *
   * @param isAnswered - It has answers: then it stays with the kind of relay that gave them. Answers of the practice relay
   *   mean nothing, and must neither complete a paid reading nor be completed by one.
   */
  choose(reading: Pick<StoredReading, 'heldFor' | 'highPriority' | 'modelOverride' | 'practice'>, isAnswered: boolean): Promise<RelayChoice>;
  check(): Promise<RelayCheck>;
  /** True while readings go to the practice relay. */
  isPractice(): Promise<boolean>;
  host(): Promise<string>;
  models(practice: boolean): Promise<{ readonly standard: string; readonly accurate: string }>;
  close(): Promise<void>;
}

type Place =
  | { readonly kind: 'relay'; readonly target: RelayTarget; readonly confirmed: boolean }
  | { readonly kind: 'practice' }
  | { readonly kind: 'hold'; readonly holdFor: HoldReason; readonly code: ErrorCode };

/** Opens the desk; the practice relay is started when it is first needed. */
export function createRelayDesk(parts: RelayDeskParts): RelayDesk {
  let practiceRelay: Promise<PracticeRelay> | null = null;

  async function baseUrl(): Promise<URL> {
    return parseRelayBaseUrl(parts.override?.baseUrl ?? (await parts.settings()).relayBaseUrl);
  }

  async function place(): Promise<Place> {
    const url = await baseUrl();
    const { dataFlowConfirmedHost } = await parts.settings();
    const overridden = parts.override !== null;
    try {
      const key = parts.override?.key ?? (await parts.keyDoor.key());
      const needsKey = !isLoopbackHost(url.hostname);
      if (key === null && needsKey && overridden) return { kind: 'hold', holdFor: 'keychain', code: 'key-missing' };
      if (key === null && !overridden && (needsKey || dataFlowConfirmedHost !== url.host)) return { kind: 'practice' };
      return {
        kind: 'relay',
        target: { name: url.host, baseUrl: url, key, practice: false, transport: parts.transport },
        confirmed: overridden || dataFlowConfirmedHost === url.host,
      };
    } catch (thrown) {
      return { kind: 'hold', holdFor: 'keychain', code: problemOf(thrown).code };
    }
  }

  async function practiceTarget(): Promise<RelayTarget> {
    practiceRelay ??= startPracticeRelay();
    const starting = practiceRelay;
    // One that could not be started is started anew the next time.
    starting.catch(() => { if (practiceRelay === starting) practiceRelay = null; });
    const { baseUrl: url, token } = await starting;
    return { name: 'practice', baseUrl: url, key: token, practice: true, transport: parts.loopbackTransport };
  }

  async function models(practice: boolean): Promise<{ readonly standard: string; readonly accurate: string }> {
    const { standardModel, accurateModel } = await parts.settings();
    const defaults = parts.catalogue.defaults(practice);
    const fits = (model: string | null): model is string =>
      model !== null && (parts.catalogue.findModel(model)?.practice ?? false) === practice;
    return {
      standard: fits(standardModel) ? standardModel : defaults.standard,
      accurate: fits(accurateModel) ? accurateModel : defaults.accurate,
    };
  }

  return {
    models,
    isPractice: async () => (await place()).kind === 'practice',
    host: async () => (await baseUrl()).host,
    async choose(reading, isAnswered) {
      const where: Place = isAnswered && reading.practice ? { kind: 'practice' } : await place();
      if (isAnswered && !reading.practice && where.kind === 'practice') return { kind: 'hold', holdFor: 'keychain', code: 'key-missing' };
      if (where.kind === 'hold') return where;
      if (where.kind === 'relay' && !where.confirmed) return { kind: 'hold', holdFor: 'consent', code: 'data-flow-unconfirmed' };
      const practice = where.kind === 'practice';
      const { standard, accurate } = await models(practice);
      const model = reading.modelOverride ?? (reading.highPriority ? accurate : standard);
      const refusal = parts.catalogue.refusal(model, parts.clock.now(), practice);
      if (refusal !== null) return { kind: 'fail', problem: { code: refusal, message: refusalTexts[refusal] ?? 'the model cannot be used' } };
      const target = practice ? await practiceTarget() : where.target;
      if (reading.heldFor === 'offline' || reading.heldFor === 'relay') {
        const { state } = await checkRelay(target);
        const code = checkCodes[state];
        if (code !== null) return { kind: 'hold', holdFor: reading.heldFor, code };
      }
      return { kind: 'target', target, model };
    },
    async check() {
      const where = await place();
      if (where.kind === 'hold') throw new AppError(where.code, 'the key for the relay cannot be used now', { retryable: true });
      return checkRelay(where.kind === 'practice' ? await practiceTarget() : where.target);
    },
    async close() {
      const relay = practiceRelay;
      practiceRelay = null;
      await (await relay)?.close();
    },
  };
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
