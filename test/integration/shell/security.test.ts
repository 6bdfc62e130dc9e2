import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { confineContents, hardenSession } from '../../../src-main/shell/security.ts';

// Every permission of electron.d.ts 45.4 (setPermissionRequestHandler and setPermissionCheckHandler).
const permissions = [
  'ar', 'automatic-fullscreen', 'background-fetch', 'background-sync', 'captured-surface-control', 'clipboard-read', 'clipboard-sanitized-write',
  'deprecated-sync-clipboard-read', 'display-capture', 'fileSystem', 'fullscreen', 'geolocation', 'geolocation-approximate', 'hand-tracking', 'hid', 'idle-detection',
  'keyboardLock', 'local-fonts', 'local-network', 'local-network-access', 'loopback-network', 'media', 'mediaKeySystem', 'midi', 'midiSysex', 'nfc', 'notifications',
  'openExternal', 'payment-handler', 'periodic-background-sync', 'persistent-storage', 'pointerLock', 'screen-wake-lock', 'sensors', 'serial', 'smart-card',
  'speaker-selection', 'storage-access', 'system-wake-lock', 'top-level-storage-access', 'usb', 'vr', 'web-app-installation', 'web-printing', 'window-management', 'unknown',
] as const;

type Handler = (...args: unknown[]) => unknown;

class RecordingSession extends EventEmitter {
  readonly handlers: Record<string, Handler> = {};
  cleared = 0;
  spelling = true;
  readonly webRequest = { onBeforeRequest: (handler: Handler): void => { this.handlers['request'] = handler; } };
  setPermissionRequestHandler(handler: Handler): void { this.handlers['permissionRequest'] = handler; }
  setPermissionCheckHandler(handler: Handler): void { this.handlers['permissionCheck'] = handler; }
  setDevicePermissionHandler(handler: Handler): void { this.handlers['device'] = handler; }
  setDisplayMediaRequestHandler(handler: Handler): void { this.handlers['display'] = handler; }
  setBluetoothPairingHandler(handler: Handler): void { this.handlers['bluetooth'] = handler; }
  setSpellCheckerEnabled(enabled: boolean): void { this.spelling = enabled; }
  clearStorageData(): Promise<void> { this.cleared += 1; return Promise.resolve(); }
  ask(handler: string, ...args: unknown[]): unknown { return this.handlers[handler]?.(...args); }
}

async function hardened(log: string[] = []): Promise<RecordingSession> {
  const session = new RecordingSession();
  await hardenSession(session as unknown as Session, false, (event) => log.push(event));
  return session;
}

describe('hardenSession', () => {
  it.each(permissions)('denies the permission %s when asked and when checked', async (permission) => {
    const session = await hardened();
    const answers: unknown[] = [];
    session.ask('permissionRequest', {}, permission, (granted: boolean) => answers.push(granted), {});
    expect(answers).toEqual([false]);
    expect(session.ask('permissionCheck', null, permission, 'app://lungdesk', {})).toBe(false);
  });

  it('denies devices, screen capture, pairing and downloads', async () => {
    const session = await hardened();
    const answers: unknown[] = [];
    expect(session.ask('device', { deviceType: 'usb' })).toBe(false);
    session.ask('display', {}, (streams: unknown) => answers.push(streams));
    session.ask('bluetooth', {}, (answer: unknown) => answers.push(answer));
    expect(answers).toEqual([null, { confirmed: false }]);
    let prevented = false;
    session.emit('will-download', { preventDefault: () => { prevented = true; } });
    expect(prevented).toBe(true);
  });

  it('cancels every request but the program\'s own and reports that', async () => {
    const log: string[] = [];
    const session = await hardened(log);
    const answers: unknown[] = [];
    for (const url of ['app://lungdesk/index.html', 'http://127.0.0.1:8080/DOE^JANE', 'wss://example.org/x']) session.ask('request', { url }, (answer: unknown) => answers.push(answer));
    expect(answers).toEqual([{ cancel: false }, { cancel: true }, { cancel: true }]);
    expect(log).toEqual(['network-refused', 'network-refused']);
  });

  it('has no spell checker and starts with empty storage', async () => {
    const session = await hardened();
    expect([session.spelling, session.cleared]).toEqual([false, 1]);
  });
});

describe('confineContents', () => {
  class RecordingContents extends EventEmitter {
    open: Handler | undefined;
    setWindowOpenHandler(handler: Handler): void { this.open = handler; }
  }

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])('prevents %s', (name) => {
    const contents = new RecordingContents();
    confineContents(contents as unknown as WebContents, () => undefined);
    let prevented = false;
    contents.emit(name, { preventDefault: () => { prevented = true; } });
    expect(prevented).toBe(true);
  });

  it('denies every new window', () => {
    const contents = new RecordingContents();
    confineContents(contents as unknown as WebContents, () => undefined);
    expect(contents.open?.({ url: 'app://lungdesk/index.html' })).toEqual({ action: 'deny' });
    expect(contents.open?.({ url: 'https://example.org' })).toEqual({ action: 'deny' });
  });
});
