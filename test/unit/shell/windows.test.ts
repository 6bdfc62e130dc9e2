import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mainWindowOptions, windowBackground } from '../../../src-main/shell/windows.ts';

const options = mainWindowOptions({
  placement: { width: 1440, height: 900, maximized: false }, theme: 'dark', preload: '/app/preload.cjs', icon: '/app/icon.png', developerTools: false,
});

describe('mainWindowOptions', () => {
  it('isolates, sandboxes and confines the page', () => {
    expect(options.webPreferences).toEqual({
      preload: '/app/preload.cjs', partition: 'lungdesk', contextIsolation: true, sandbox: true, nodeIntegration: false, nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false, webSecurity: true, allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false,
      navigateOnDragDrop: false, spellcheck: false, devTools: false,
    });
  });

  it('stays hidden until it can be shown, with the program\'s name alone as title', () => {
    expect(options).toMatchObject({ show: false, title: 'LungDesk', minWidth: 1024, minHeight: 700 });
    expect(options).not.toHaveProperty('x');
  });
});

describe('windowBackground', () => {
  it.each(['dark', 'light'] as const)('is the page\'s own in the %s theme', (theme) => {
    const css = readFileSync(new URL('../../../src-renderer/theme/variables.css', import.meta.url), 'utf8');
    const rules = css.split('}').filter((rule) => rule.includes(`[data-mantine-color-scheme='${theme}']`));
    const body = rules.map((rule) => /--mantine-color-body: (#[0-9a-f]{6})/.exec(rule)?.[1]).filter((value) => value !== undefined);
    expect(body).toEqual([windowBackground(theme)]);
  });
});
