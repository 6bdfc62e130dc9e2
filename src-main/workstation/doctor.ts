import { problemOf } from '../../src-shared/domain/errors.ts';
import type { DoctorCheck, KeyState, RelayCheck } from '../../src-shared/domain/views.ts';
import { checkCodecs } from '../dicom/codecs/check-codecs.ts';
import { checkDatabase } from '../store/check-database.ts';
import type { Database } from '../store/open-database.ts';

/** What the doctor asks. */
export interface DoctorParts {
  readonly database: Database;
  readonly keyState: () => Promise<KeyState>;
  readonly checkRelay: () => Promise<RelayCheck>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly versions: { readonly node: string; readonly electron: string | undefined };
}

/** Looks at everything LungDesk depends on and says what to do about what does not work. */
export async function runDoctor(parts: DoctorParts): Promise<readonly DoctorCheck[]> {
  return [
    runtime(parts),
    display(parts),
    await guarded('keychain', () => keychain(parts)),
    await guarded('codecs', codecs),
    await guarded('database', () => database(parts)),
    await guarded('relay', () => relay(parts)),
  ];
}

async function guarded(name: DoctorCheck['name'], check: () => Promise<DoctorCheck>): Promise<DoctorCheck> {
  try {
    return await check();
  } catch (thrown) {
    return { name, state: 'failed', message: problemOf(thrown).message, advice: 'Try again; if it stays, report it with this line.' };
  }
}

function runtime({ versions, environment }: DoctorParts): DoctorCheck {
  if (environment['LUNGDESK_ELECTRON_STANDIN'] === '1') {
    return {
      name: 'runtime',
      state: 'warning',
      message: `Electron's binary is not here; LungDesk runs on its stand-in over Chromium, Node ${versions.node}.`,
      advice: 'For clinical work use a machine that can fetch Electron; the stand-in is for development.',
    };
  }
  const electron = versions.electron === undefined ? 'without a window' : `in Electron ${versions.electron}`;
  return { name: 'runtime', state: 'ok', message: `LungDesk runs ${electron}, Node ${versions.node}.`, advice: null };
}

function display({ platform, environment }: DoctorParts): DoctorCheck {
  if (platform !== 'linux' || environment['DISPLAY'] || environment['WAYLAND_DISPLAY']) {
    return { name: 'display', state: 'ok', message: 'A display is there.', advice: null };
  }
  return {
    name: 'display',
    state: 'warning',
    message: 'There is no display.',
    advice: 'Use the commands (lungdesk read), or start LungDesk where a screen is; npm start shows a demonstration here.',
  };
}

async function keychain({ keyState }: DoctorParts): Promise<DoctorCheck> {
  const state = await keyState();
  if (state.keychain === 'ok') return { name: 'keychain', state: 'ok', message: 'The system keychain works.', advice: null };
  const advice =
    state.keychain === 'locked'
      ? 'Unlock the keychain (log in to the desktop, or open your password manager), then try again.'
      : 'Install and start a keychain (on Debian: gnome-keyring and libsecret-1-0). Until then a key is kept for the session only.';
  return { name: 'keychain', state: 'warning', message: `The system keychain is ${state.keychain}.`, advice };
}

async function codecs(): Promise<DoctorCheck> {
  const missing = (await checkCodecs()).filter((codec) => !codec.ok).map((codec) => codec.name);
  if (missing.length === 0) return { name: 'codecs', state: 'ok', message: 'All image decoders load.', advice: null };
  return {
    name: 'codecs',
    state: 'failed',
    message: `Decoders that do not load: ${missing.join(', ')}.`,
    advice: 'Install LungDesk again (npm ci); exams in these encodings cannot be read until then.',
  };
}

async function database({ database: open }: DoctorParts): Promise<DoctorCheck> {
  const { sound, durable } = await checkDatabase(open);
  if (sound && durable) return { name: 'database', state: 'ok', message: 'The database is sound and every commit is durable.', advice: null };
  return {
    name: 'database',
    state: 'failed',
    message: sound ? 'Commits are not durable.' : 'The database does not pass its check.',
    advice: 'Stop reading and restore the last good copy of the data folder.',
  };
}

async function relay({ checkRelay }: DoctorParts): Promise<DoctorCheck> {
  const { state, host, message } = await checkRelay();
  if (state === 'practice') {
    return { name: 'relay', state: 'ok', message: 'The practice relay answers.', advice: 'To read for real, set a relay key under Settings.' };
  }
  if (state === 'ok') return { name: 'relay', state: 'ok', message: `${host} answers.`, advice: null };
  return { name: 'relay', state: 'failed', message: `${host}: ${message}`, advice: 'Check the address and the key under Settings, and the network.' };
}
