/** Switches that take away the sandbox, open a debugger or weaken the network; never allowed in front of patient data. */
export const riskySwitches = [
  'no-sandbox', 'disable-gpu-sandbox', 'disable-setuid-sandbox', 'disable-seccomp-filter-sandbox', 'single-process',
  'renderer-cmd-prefix', 'utility-cmd-prefix', 'gpu-launcher',
  'inspect', 'inspect-brk', 'inspect-wait', 'inspect-port', 'inspect-publish-uid', 'debug-port',
  'remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address', 'remote-allow-origins',
  'disable-web-security', 'disable-site-isolation-trials', 'allow-running-insecure-content',
  'unsafely-treat-insecure-origin-as-secure', 'allow-file-access-from-files', 'load-extension',
  'ignore-certificate-errors', 'ignore-certificate-errors-spki-list', 'host-rules', 'host-resolver-rules',
  'ssl-key-log-file', 'log-net-log', 'js-flags',
] as const;

const riskyEnvironment = ['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS', 'NODE_TLS_REJECT_UNAUTHORIZED', 'SSLKEYLOGFILE'] as const;

/** How the program was started. */
export interface Launch {
  readonly isPackaged: boolean;
  /** The whole command line, execArgv included. */
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether Chromium itself knows the switch; sees what other programs put there after us. */
  readonly hasSwitch: (name: string) => boolean;
}

/**
 * Names the switches and variables for which a packaged program must not open patient data (facts/reliability.md row 91).
 *
 * @returns Names without dashes, sorted; empty when the start is fine. Always empty in development, where the tests
 *   drive the window through the debugger and containers run as root without a sandbox.
 */
export function refusedLaunchSwitches(launch: Launch): readonly string[] {
  if (!launch.isPackaged) return [];
  const given = new Set(launch.argv.flatMap(switchNameOf));
  const switches = riskySwitches.filter((name) => given.has(name) || launch.hasSwitch(name));
  const variables = riskyEnvironment.filter((name) => (launch.environment[name] ?? '') !== '');
  return [...switches, ...variables].sort();
}

// Chromium takes one or two dashes everywhere and a slash on Windows, in any case there; Node takes underscores for dashes.
function switchNameOf(argument: string): readonly string[] {
  const match = /^(?:--?|\/)([A-Za-z][\w-]*)/.exec(argument);
  return match?.[1] === undefined ? [] : [match[1].toLowerCase().replaceAll('_', '-')];
}
