import { statSync } from 'node:fs';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { RelaySetting } from '../../src-shared/domain/relay-setting.ts';
import type { Settings } from '../../src-shared/domain/settings.ts';
import type { KeyState, SettingsView } from '../../src-shared/domain/views.ts';
import type { Clock } from '../platform/clock.ts';
import type { ModelCatalogue } from '../relay/catalogue.ts';
import { parseRelayBaseUrl } from '../relay/relay-address.ts';
import { deleteFolder, insertFolder, listFolders } from '../store/folder-table.ts';
import type { Database } from '../store/open-database.ts';
import { readSettings, writeSettings } from '../store/setting-table.ts';
import type { RelayDesk } from './relay-desk.ts';
import type { WatchedFolders } from './watched-folders.ts';

/** A change of some settings; what is undefined stays. */
export type SettingsPatch = { readonly [Key in keyof Settings]?: Settings[Key] | undefined };

/** What the settings desk works with. */
export interface SettingsDeskParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly catalogue: ModelCatalogue;
  readonly relays: RelayDesk;
  readonly folders: WatchedFolders;
  /** Something was changed that readings may have waited for. */
  readonly changed: (settings: Settings) => void;
  /** Another address, other headers, another key, or gone: what a diagnosis proved is of another relay. */
  readonly forgetDiagnoses: (relayId: string) => Promise<void>;
}

/** Settings, watched folders and the relay key, as the settings screen needs them. */
export interface SettingsDesk {
  view(): Promise<SettingsView>;
  update(patch: SettingsPatch): Promise<SettingsView>;
  addFolder(path: string): Promise<SettingsView>;
  removeFolder(folderId: string): Promise<SettingsView>;
  folderPath(folderId: string): Promise<string | null>;
  /** Of the relay with this id, or of the first; so with the next two. @throws {AppError} request-invalid for an id that is not there */
  keyState(relayId?: string): Promise<KeyState>;
  setKey(key: string, sessionOnly: boolean, relayId?: string): Promise<KeyState>;
  deleteKey(relayId?: string): Promise<KeyState>;
}

/** Opens the settings desk. */
export function createSettingsDesk(parts: SettingsDeskParts): SettingsDesk {
  const { database, clock, catalogue, relays, folders } = parts;

  async function view(): Promise<SettingsView> {
    const settings = await readSettings(database);
    const practice = await relays.isPractice();
    const { standard, accurate } = await relays.models(practice);
    const [first] = settings.relays;
    return {
      settings,
      folders: folders.list(await listFolders(database)),
      key: await (await relays.keyDoor()).state(),
      practice,
      relayHost: await relays.host(),
      models: first === undefined ? [] : catalogue.forRelay(first.id).modelViews(clock.now(), practice, first.priceMultiplierPercent),
      standardModel: standard,
      accurateModel: accurate,
    };
  }

  async function told(): Promise<SettingsView> {
    parts.changed(await readSettings(database));
    return view();
  }

  /** A relay goes with its key. @throws {AppError} keychain-* when the key may still be there: then the relay stays, too. */
  async function deleteKeysOfRemoved(before: readonly RelaySetting[], after: readonly RelaySetting[]): Promise<void> {
    for (const { id } of before) if (!after.some((relay) => relay.id === id)) await (await relays.keyDoor(id)).delete();
  }
  async function keyChanged(relayId: string | undefined): Promise<void> {
    const changedId = relayId ?? (await readSettings(database)).relays[0]?.id;
    if (changedId !== undefined) {
      relays.changed(changedId);
      await parts.forgetDiagnoses(changedId);
    }
    await told();
  }

  return {
    view,
    async update(patch) {
      for (const { baseUrl } of patch.relays ?? []) parseRelayBaseUrl(baseUrl);
      if (patch.billingTimeZone) refuseUnknownZone(patch.billingTimeZone);
      const before = await readSettings(database);
      await deleteKeysOfRemoved(before.relays, patch.relays ?? before.relays);
      await writeSettings(database, patch);
      const after = patch.relays ?? before.relays;
      for (const relayId of relaysWithOther(before.relays, after, ({ baseUrl, confirmedHost, extraHeaders }) => [baseUrl, confirmedHost, headersOf(extraHeaders)])) relays.changed(relayId);
      // A consent changes nothing about who answers.
      for (const relayId of relaysWithOther(before.relays, after, ({ baseUrl, extraHeaders }) => [baseUrl, headersOf(extraHeaders)])) await parts.forgetDiagnoses(relayId);
      return told();
    },
    async addFolder(path) {
      if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
        throw new AppError('folder-missing', 'the folder does not exist or cannot be opened');
      }
      const known = await listFolders(database);
      if (!known.some((folder) => folder.path === path)) {
        const folder = { id: clock.newId(), path };
        await insertFolder(database, folder, clock.now());
        folders.watch(folder);
      }
      return told();
    },
    async removeFolder(folderId) {
      await deleteFolder(database, folderId);
      await folders.unwatch(folderId);
      return told();
    },
    async folderPath(folderId) {
      return (await listFolders(database)).find((folder) => folder.id === folderId)?.path ?? null;
    },
    keyState: async (relayId) => (await relays.keyDoor(relayId)).state(),
    async setKey(key, sessionOnly, relayId) {
      const state = await (await relays.keyDoor(relayId)).set(key, sessionOnly);
      await keyChanged(relayId);
      return state;
    },
    async deleteKey(relayId) {
      const state = await (await relays.keyDoor(relayId)).delete();
      await keyChanged(relayId);
      return state;
    },
  };
}

function refuseUnknownZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch (thrown) {
    throw new AppError('request-invalid', 'the time zone is not known', { cause: thrown });
  }
}

/** Relays of which something is another from now on; what was learnt about them is of another relay. */
function relaysWithOther(before: readonly RelaySetting[], after: readonly RelaySetting[], part: (relay: RelaySetting) => unknown): readonly string[] {
  const sign = (relay: RelaySetting | undefined): string => (relay === undefined ? '' : JSON.stringify(part(relay)));
  const ids = new Set([...before, ...after].map(({ id }) => id));
  return [...ids].filter((id) => sign(before.find((relay) => relay.id === id)) !== sign(after.find((relay) => relay.id === id)));
}

function headersOf(headers: RelaySetting['extraHeaders']): unknown {
  return Object.entries(headers).sort();
}
