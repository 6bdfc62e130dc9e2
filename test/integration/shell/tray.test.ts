import type { Tray } from 'electron';
import { describe, expect, it } from 'vitest';
import { createStatusIcon } from '../../../src-main/shell/tray.ts';
import type { StatusIconParts } from '../../../src-main/shell/tray.ts';

function parts(createTray: () => Tray, log: unknown[]): StatusIconParts {
  return {
    app: { setBadgeCount: (count) => { log.push(`badge ${String(count)}`); return false; } },
    menu: { buildFromTemplate: (template) => template as never },
    createTray, open: () => log.push('open'), quit: () => log.push('quit'), reportMissing: () => log.push('missing'),
  };
}

describe('createStatusIcon', () => {
  it('shows the count in tooltip and badge and builds its menu once per language', () => {
    const log: unknown[] = [];
    const tray = {
      on: (_name: string, click: () => void) => { click(); }, setToolTip: (text: string) => log.push(text),
      setContextMenu: (menu: { label?: string }[]) => log.push(menu.map((entry) => entry.label ?? '-').join('|')), destroy: () => log.push('destroyed'),
    } as unknown as Tray;
    const icon = createStatusIcon(parts(() => tray, log));
    icon.showCount(2, 'en');
    icon.showCount(0, 'en');
    icon.showCount(0, 'zh-CN');
    icon.showFinishing('en');
    icon.remove();
    expect(log).toEqual([
      'open', 'Open LungDesk|-|Quit LungDesk', 'LungDesk: 2 exams in progress or waiting for you', 'badge 2', 'LungDesk: nothing waits for you', 'badge 0',
      '打开 LungDesk|-|退出 LungDesk', 'LungDesk：没有需要处理的检查', 'badge 0', 'LungDesk: finishing requests on their way…', 'destroyed',
    ]);
  });

  it('goes on with the badge where the desktop has no tray', () => {
    const log: unknown[] = [];
    const icon = createStatusIcon(parts(() => { throw new Error('no status notifier'); }, log));
    icon.showCount(3, 'en');
    icon.showFinishing('en');
    icon.remove();
    expect(log).toEqual(['missing', 'badge 3']);
  });
});
