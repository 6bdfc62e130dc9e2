import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { app } from '../lifecycle/app.ts';
import { browser } from '../chromium/browser.ts';
import { ProtocolServer, type SchemeHandler } from '../protocol-server.ts';
import { fetchFor } from './net-fetch.ts';
import { StandinWebRequest } from './web-request.ts';

type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0];

/** The members of electron's Session that the stand-in has. */
export type SessionMembers = Pick<
  Electron.Session,
  | 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'setDisplayMediaRequestHandler' | 'setBluetoothPairingHandler'
  | 'setUSBProtectedClassesHandler' | 'setCertificateVerifyProc' | 'clearStorageData' | 'clearCache' | 'clearHostResolverCache' | 'clearAuthCache' | 'clearData'
  | 'setProxy' | 'resolveProxy' | 'closeAllConnections' | 'setSpellCheckerEnabled' | 'isSpellCheckerEnabled' | 'setSpellCheckerLanguages' | 'setUserAgent'
  | 'getUserAgent' | 'isPersistent' | 'getCacheSize' | 'flushStorageData' | 'setDownloadPath' | 'storagePath' | 'getStoragePath' | 'forceReloadProxyConfig'
>;

/** electron's protocol of one session: custom schemes answered by the app. */
export class StandinProtocol implements Pick<Electron.Protocol, 'handle' | 'unhandle' | 'isProtocolHandled' | 'registerSchemesAsPrivileged'> {
  readonly #server: ProtocolServer;

  constructor(server: ProtocolServer) {
    this.#server = server;
  }

  handle(scheme: string, handler: SchemeHandler): void {
    if (this.#server.handlers.has(scheme)) throw new Error('Failed to register protocol handler; the scheme is already handled');
    this.#server.handlers.set(scheme, handler);
    void this.#server.listen();
  }

  unhandle(scheme: string): void {
    if (!this.#server.handlers.delete(scheme)) throw new Error('Failed to unregister protocol handler');
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#server.handlers.has(scheme);
  }

  /** Loopback hosts are standard, secure origins already; nothing else can be granted. */
  registerSchemesAsPrivileged(): void {
    return;
  }
}

/** electron's Session: one partition's protocol handlers, network guard, permissions and fetch. */
export class StandinSession extends EventEmitter implements SessionMembers {
  readonly #server = new ProtocolServer();
  readonly protocol = new StandinProtocol(this.#server);
  readonly webRequest = new StandinWebRequest();
  readonly permissions: { requestHandler: RequestHandler; checkHandler: CheckHandler } = { requestHandler: null, checkHandler: null };
  readonly storagePath: string | null = null;
  readonly fetch: (input: string | Request, init?: RequestInit) => Promise<Response>;
  readonly #partition: string;
  #userAgent = '';
  #cookieFor = '';

  constructor(partition: string) {
    super();
    this.#partition = partition;
    this.fetch = fetchFor(this.#server.handlers);
  }

  /** Makes an address ready to be opened in Chromium: custom schemes become loopback addresses Chromium holds the token for. */
  async prepareAddress(url: string): Promise<string> {
    if (!this.#server.handlers.has(new URL(url).protocol.slice(0, -1))) return url;
    await this.#server.listen();
    const cookies = this.#server.cookies();
    const wanted = cookies.map(({ domain }) => domain).join();
    if (this.#cookieFor !== wanted) {
      const root = await browser.started;
      await root.send('Storage.setCookies', { cookies: [...cookies] });
      this.#cookieFor = wanted;
    }
    return this.#server.addressOf(url);
  }

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.permissions.requestHandler = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.permissions.checkHandler = handler;
  }

  // Chromium refuses devices, screen capture and pairing here by itself: no chooser is ever answered.
  setDevicePermissionHandler = (): void => undefined;
  setDisplayMediaRequestHandler = (): void => undefined;
  setBluetoothPairingHandler = (): void => undefined;
  setUSBProtectedClassesHandler = (): void => undefined;
  setCertificateVerifyProc = (): void => undefined;
  // The profile is fresh for every run and gone after it.
  clearStorageData = (): Promise<void> => Promise.resolve();
  clearCache = (): Promise<void> => Promise.resolve();
  clearData = (): Promise<void> => Promise.resolve();
  clearHostResolverCache = (): Promise<void> => Promise.resolve();
  clearAuthCache = (): Promise<void> => Promise.resolve();
  getCacheSize = (): Promise<number> => Promise.resolve(0);
  flushStorageData = (): void => undefined;
  getStoragePath = (): null => null;
  setDownloadPath = (): void => undefined;
  setProxy = (): Promise<void> => Promise.resolve();
  forceReloadProxyConfig = (): Promise<void> => Promise.resolve();
  resolveProxy = (): Promise<string> => Promise.resolve('DIRECT');
  closeAllConnections = (): Promise<void> => Promise.resolve();
  setSpellCheckerEnabled = (): void => undefined;
  isSpellCheckerEnabled = (): boolean => false;
  setSpellCheckerLanguages = (): void => undefined;
  isPersistent = (): boolean => this.#partition === '' || this.#partition.startsWith('persist:');
  getUserAgent = (): string => this.#userAgent || app.userAgentFallback;

  setUserAgent(userAgent: string): void {
    this.#userAgent = userAgent;
  }
}

const partitions = new Map<string, StandinSession>();

/** The statics of electron's session module. */
export const session = {
  fromPartition: (partition: string): StandinSession => {
    const known = partitions.get(partition) ?? new StandinSession(partition);
    partitions.set(partition, known);
    return known;
  },
  get defaultSession(): StandinSession {
    return session.fromPartition('');
  },
};

/** Every session of this run. */
export function allSessions(): readonly StandinSession[] {
  return [...partitions.values()];
}
