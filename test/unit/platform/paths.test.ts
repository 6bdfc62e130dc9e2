import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keychainAnswerSchema, keychainFaultOf } from '../../../src-main/platform/keychain-message.ts';
import { dataFolder } from '../../../src-main/platform/paths.ts';

describe('dataFolder', () => {
  it.each([
    { what: '--home', homeOption: '/data', env: { LUNGDESK_HOME: '/other', XDG_DATA_HOME: '/x' }, platform: 'linux' as const, folder: '/data' },
    { what: 'a relative --home', homeOption: 'data', env: {}, platform: 'linux' as const, folder: resolve('data') },
    { what: 'LUNGDESK_HOME', homeOption: null, env: { LUNGDESK_HOME: '/other', XDG_DATA_HOME: '/x' }, platform: 'linux' as const, folder: '/other' },
    { what: 'an empty LUNGDESK_HOME', homeOption: null, env: { LUNGDESK_HOME: '' }, platform: 'linux' as const, folder: '/home/u/.local/share/LungDesk' },
    { what: 'XDG_DATA_HOME', homeOption: null, env: { XDG_DATA_HOME: '/x' }, platform: 'linux' as const, folder: '/x/LungDesk' },
    { what: 'a relative XDG_DATA_HOME', homeOption: null, env: { XDG_DATA_HOME: 'x' }, platform: 'linux' as const, folder: '/home/u/.local/share/LungDesk' },
    { what: 'macOS', homeOption: null, env: { XDG_DATA_HOME: '/x' }, platform: 'darwin' as const, folder: '/home/u/Library/Application Support/LungDesk' },
    { what: 'Windows', homeOption: null, env: { LOCALAPPDATA: '/local' }, platform: 'win32' as const, folder: '/local/LungDesk' },
    { what: 'Windows without LOCALAPPDATA', homeOption: null, env: {}, platform: 'win32' as const, folder: '/home/u/AppData/Local/LungDesk' },
  ])('takes $what', ({ homeOption, env, platform, folder }) => {
    expect(dataFolder({ homeOption, env, platform, userHome: '/home/u' })).toBe(folder);
  });
});

describe('keychainFaultOf', () => {
  it.each([
    ['Cannot create an item in a locked collection', 'locked'],
    ['Timeout was reached', 'timeout'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'unavailable'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'unavailable'],
    ['libsecret-1.so.0: cannot open shared object file: No such file or directory', 'unavailable'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'unavailable'],
  ])('sorts %j as %s', (text, fault) => {
    expect(keychainFaultOf(text)).toBe(fault);
  });
});

describe('keychainAnswerSchema', () => {
  it.each([null, 'x', { id: 1, ok: true }, { id: 1, ok: false, fault: 'other' }, { id: 1, ok: true, value: 5 }])('refuses %j', (answer) => {
    expect(keychainAnswerSchema.safeParse(answer).success).toBe(false);
  });
});
