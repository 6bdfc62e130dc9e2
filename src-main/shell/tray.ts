import type { App, Menu, Tray } from 'electron';
import { shellTexts, trayTooltip } from './shell-texts.ts';
import type { ShellLanguage } from './shell-texts.ts';

/** The icon beside the clock and the number on the program's icon; either may be missing on a desktop. */
export interface StatusIcon {
  /** Shows how many readings are not finished or need a person. */
  readonly showCount: (waiting: number, language: ShellLanguage) => void;
  /** Shows that the program is ending. */
  readonly showFinishing: (language: ShellLanguage) => void;
  readonly remove: () => void;
}

/** What the status icon is made with. */
export interface StatusIconParts {
  readonly app: Pick<App, 'setBadgeCount'>;
  readonly menu: Pick<typeof Menu, 'buildFromTemplate'>;
  /** Makes the tray icon; throws where the desktop has none. */
  readonly createTray: () => Tray;
  readonly open: () => void;
  readonly quit: () => void;
  readonly reportMissing: () => void;
}

/** Puts the status icon up; where the desktop has no tray it goes on with the badge alone. */
export function createStatusIcon(parts: StatusIconParts): StatusIcon {
  const tray = tryCreate(parts);
  tray?.on('click', parts.open);
  let language: ShellLanguage | null = null;

  function speak(next: ShellLanguage): void {
    if (tray === null || next === language) return;
    language = next;
    const text = shellTexts(next);
    tray.setContextMenu(parts.menu.buildFromTemplate([
      { label: text.open, click: parts.open },
      { type: 'separator' },
      { label: text.quit, click: parts.quit },
    ]));
  }

  return {
    showCount: (waiting, next) => {
      speak(next);
      tray?.setToolTip(trayTooltip(next, waiting));
      parts.app.setBadgeCount(waiting);
    },
    showFinishing: (next) => tray?.setToolTip(shellTexts(next).finishing),
    remove: () => tray?.destroy(),
  };
}

function tryCreate(parts: StatusIconParts): Tray | null {
  try {
    return parts.createTray();
  } catch {
    parts.reportMissing();
    return null;
  }
}
