import { statSync } from 'node:fs';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { Settings } from '../../src-shared/domain/settings.ts';
import type { KeyState, SettingsView } from '../../src-shared/domain/views.ts';
import type { Clock } from '../platform/clock.ts';
import type { RelayKeyDoor } from '../platform/relay-key.ts';
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
  readonly keyDoor: RelayKeyDoor;
  readonly folders: WatchedFolders;
  /** Something was changed that readings may have waited for. */
  readonly changed: (settings: Settings) => void;
}

/** Settings, watched folders and the relay key, as the settings screen needs them. */
export interface SettingsDesk {
  view(): Promise<SettingsView>;
  update(patch: SettingsPatch): Promise<SettingsView>;
  addFolder(path: string): Promise<SettingsView>;
  removeFolder(folderId: string): Promise<SettingsView>;
  folderPath(folderId: string): Promise<string | null>;
  keyState(): Promise<KeyState>;
  setKey(key: string, sessionOnly: boolean): Promise<KeyState>;
  deleteKey(): Promise<KeyState>;
}

/** Opens the settings desk. */
export function createSettingsDesk(parts: SettingsDeskParts): SettingsDesk {
  const { database, clock, catalogue, relays, keyDoor, folders } = parts;

  async function view(): Promise<SettingsView> {
    const settings = await readSettings(database);
    const practice = await relays.isPractice();
    const { standard, accurate } = await relays.models(practice);
    return {
      settings,
      folders: folders.list(await listFolders(database)),
      key: await keyDoor.state(),
      practice,
      relayHost: await relays.host(),
      models: catalogue.modelViews(clock.now(), practice),
      standardModel: standard,
      accurateModel: accurate,
    };
  }

  async function told(): Promise<SettingsView> {
    parts.changed(await readSettings(database));
    return view();
  }

  return {
    view,
    async update(patch) {
      if (patch.relayBaseUrl !== undefined) parseRelayBaseUrl(patch.relayBaseUrl);
      if (patch.billingTimeZone) refuseUnknownZone(patch.billingTimeZone);
      await writeSettings(database, patch);
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
    keyState: () => keyDoor.state(),
    async setKey(key, sessionOnly) {
      const state = await keyDoor.set(key, sessionOnly);
      await told();
      return state;
    },
    async deleteKey() {
      const state = await keyDoor.delete();
      await told();
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
