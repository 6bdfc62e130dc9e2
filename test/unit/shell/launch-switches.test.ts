import { describe, expect, it } from 'vitest';
import { refusedLaunchSwitches, riskySwitches } from '../../../src-main/shell/launch-switches.ts';
import type { Launch } from '../../../src-main/shell/launch-switches.ts';

function packaged(launch: Partial<Launch>): Launch {
  return { isPackaged: true, argv: ['/opt/LungDesk/lungdesk'], environment: {}, hasSwitch: () => false, ...launch };
}

describe('refusedLaunchSwitches', () => {
  it('accepts a plain start', () => {
    expect(refusedLaunchSwitches(packaged({ argv: ['lungdesk', '--home', '/data', '--demo'] }))).toEqual([]);
  });

  it.each(riskySwitches.map((name) => [name]))('refuses --%s on a packaged program', (name) => {
    expect(refusedLaunchSwitches(packaged({ argv: ['lungdesk', `--${name}`] }))).toEqual([name]);
    expect(refusedLaunchSwitches(packaged({ argv: ['lungdesk', `--${name}=1`] }))).toEqual([name]);
    expect(refusedLaunchSwitches(packaged({ hasSwitch: (asked) => asked === name }))).toEqual([name]);
  });

  it.each(['-no-sandbox', '/no-sandbox', '--NO-SANDBOX', '--no_sandbox'])('sees through the spelling %s', (argument) => {
    expect(refusedLaunchSwitches(packaged({ argv: ['lungdesk', argument] }))).toEqual(['no-sandbox']);
  });

  it.each(['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS', 'NODE_TLS_REJECT_UNAUTHORIZED', 'SSLKEYLOGFILE'])('refuses the variable %s', (name) => {
    expect(refusedLaunchSwitches(packaged({ environment: { [name]: '1' } }))).toEqual([name]);
    expect(refusedLaunchSwitches(packaged({ environment: { [name]: '' } }))).toEqual([]);
  });

  it('does not mistake a path or a value for a switch', () => {
    expect(refusedLaunchSwitches(packaged({ argv: ['lungdesk', 'no-sandbox', '/home/no-sandbox-study', '--home=/inspect'] }))).toEqual([]);
  });

  it('allows them in development, where tests drive the window', () => {
    expect(refusedLaunchSwitches(packaged({ isPackaged: false, argv: ['electron', '.', '--no-sandbox', '--inspect=0'] }))).toEqual([]);
  });
});
