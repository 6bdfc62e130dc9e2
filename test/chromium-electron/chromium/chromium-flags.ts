/** What decides the switches Chromium starts with. */
export interface FlagConditions {
  readonly profileFolder: string;
  readonly isHeadless: boolean;
  readonly isRoot: boolean;
  /** The value of --remote-debugging-port the app was started with; absent means no port is opened. */
  readonly debuggingPort: string | undefined;
  /** Loopback port of the guard every other request goes through. */
  readonly proxyPort: number | undefined;
  /** Switches of app.commandLine, which win over ours. */
  readonly appSwitches: ReadonlyMap<string, string>;
}

const OFF = ['Translate', 'MediaRouter', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'PreconnectToSearch'];

/** Lists Chromium's command line switches for a fresh, quiet profile that two DevTools clients can drive. */
export function chromiumFlags(conditions: FlagConditions): readonly string[] {
  const switches = new Map<string, string>([
    ['remote-debugging-pipe', ''],
    ['user-data-dir', conditions.profileFolder],
    ['no-startup-window', ''],
    ['no-first-run', ''],
    ['no-default-browser-check', ''],
    ['disable-quic', ''],
    ['disable-background-networking', ''],
    ['disable-component-update', ''],
    ['disable-default-apps', ''],
    ['disable-extensions', ''],
    ['disable-sync', ''],
    ['disable-breakpad', ''],
    ['disable-component-extensions-with-background-pages', ''],
    ['disable-field-trial-config', ''],
    ['metrics-recording-only', ''],
    ['disable-search-engine-choice-screen', ''],
    ['disable-dev-shm-usage', ''],
    ['password-store', 'basic'],
    ['enable-unsafe-swiftshader', ''],
    ['autoplay-policy', 'no-user-gesture-required'],
    // Keeps the app's own hosts on 127.0.0.1: a stranger on [::1] must never be sent the per-run token.
    ['host-resolver-rules', 'MAP *.localhost 127.0.0.1'],
  ]);
  if (conditions.debuggingPort !== undefined) switches.set('remote-debugging-port', conditions.debuggingPort);
  if (conditions.isHeadless) switches.set('headless', 'new');
  if (conditions.isRoot) switches.set('no-sandbox', '');
  if (conditions.proxyPort !== undefined) {
    switches.set('proxy-server', `http://127.0.0.1:${String(conditions.proxyPort)}`);
    switches.set('proxy-bypass-list', '<-loopback>;*.localhost');
    switches.set('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp');
  }
  for (const [name, value] of conditions.appSwitches) {
    if (!switches.has(name)) switches.set(name, value);
  }
  const on = ['SkipListAccountsWithoutGaiaCookies', ...(conditions.appSwitches.get('enable-features') ?? '').split(',')];
  switches.set('enable-features', on.filter(Boolean).join(','));
  switches.set('disable-features', [...OFF, ...(conditions.appSwitches.get('disable-features') ?? '').split(',')].filter(Boolean).join(','));
  return [...switches].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
}
