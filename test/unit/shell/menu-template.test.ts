import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuTemplate } from '../../../src-main/shell/menu-template.ts';
import type { MenuPlan } from '../../../src-main/shell/menu-template.ts';

function plan(some: Partial<MenuPlan> = {}, log: string[] = []): MenuPlan {
  return {
    platform: 'linux', language: 'en', developerTools: false,
    commands: {
      show: (screen) => log.push(screen), addFolder: () => log.push('add-folder'), readSampleExam: () => log.push('read-sample'), about: () => log.push('about'),
    },
    ...some,
  };
}

function allEntries(menu: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return menu.flatMap((entry) => [entry, ...allEntries(Array.isArray(entry.submenu) ? entry.submenu : [])]);
}

function roles(menu: readonly MenuItemConstructorOptions[]): (string | undefined)[] {
  return allEntries(menu).map((entry) => entry.role).filter((role) => role !== undefined);
}

const every = (['darwin', 'win32', 'linux'] as const).flatMap((platform) =>
  (['en', 'zh-CN'] as const).flatMap((language) => [true, false].map((developerTools) => ({ platform, language, developerTools }))));

describe('menuTemplate', () => {
  it('has an application menu on macOS only', () => {
    expect(menuTemplate(plan({ platform: 'darwin' })).map((menu) => menu.label)).toEqual(['LungDesk', 'File', 'Edit', 'View', 'Window', 'Help']);
    expect(menuTemplate(plan({ platform: 'win32' })).map((menu) => menu.label)).toEqual(['File', 'Edit', 'View', 'Help']);
  });

  it('closes the window on macOS and quits elsewhere from the file menu', () => {
    expect(roles(menuTemplate(plan({ platform: 'darwin' })).filter((menu) => menu.id === 'file'))).toEqual(['close']);
    expect(roles(menuTemplate(plan({ platform: 'linux' })).filter((menu) => menu.id === 'file'))).toEqual(['quit']);
  });

  it.each(every)('keeps developer tools and reload to development ($platform, $language, $developerTools)', ({ developerTools, ...rest }) => {
    const shown = roles(menuTemplate(plan({ ...rest, developerTools })));
    expect(shown.includes('toggleDevTools')).toBe(developerTools);
    expect(shown.includes('reload')).toBe(developerTools);
  });

  it.each(every)('labels every entry, has each command once and no accelerator twice ($platform, $language, $developerTools)', (some) => {
    const entries = allEntries(menuTemplate(plan(some))).filter((entry) => entry.type !== 'separator');
    expect(entries.filter((entry) => (entry.label ?? '') === '')).toEqual([]);
    const ids = entries.map((entry) => entry.id).filter((id) => id !== undefined && !['file', 'edit', 'view'].includes(id));
    expect([...ids].sort()).toEqual(['about', 'add-folder', 'queue', 'read-sample', 'settings', 'shortcuts', 'spend']);
    const keys = entries.map((entry) => entry.accelerator).filter((key) => key !== undefined);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('speaks Chinese', () => {
    const labels = allEntries(menuTemplate(plan({ language: 'zh-CN' }))).map((entry) => entry.label).filter((label) => label !== undefined);
    expect(labels.filter((label) => !/[\u4e00-\u9fff]/.test(label))).toEqual([]);
  });

  it.each(['darwin', 'linux'] as const)('runs the commands on %s', (platform) => {
    const log: string[] = [];
    for (const entry of allEntries(menuTemplate(plan({ platform }, log)))) {
      (entry.click as (() => void) | undefined)?.();
    }
    expect(log.sort()).toEqual(['about', 'add-folder', 'queue', 'read-sample', 'settings', 'shortcuts', 'spend']);
  });
});
