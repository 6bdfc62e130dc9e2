import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { app } from '../lifecycle/app.ts';

let lastCommand = 0;

/** electron's MenuItem: kept, and clickable from code; nothing draws it. */
export class StandinMenuItem {
  readonly type: string;
  readonly role: string | undefined;
  readonly accelerator: string | undefined;
  readonly id: string;
  readonly commandId: number = ++lastCommand;
  readonly submenu: StandinMenu | undefined;
  readonly click: (...args: unknown[]) => void;
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  menu: StandinMenu | undefined;

  constructor(options: Electron.MenuItemConstructorOptions) {
    const { submenu } = options;
    this.role = options.role;
    this.submenu = submenu === undefined ? undefined : Array.isArray(submenu) ? StandinMenu.buildFromTemplate(submenu) : (submenu as unknown as StandinMenu);
    this.type = options.type ?? (this.submenu === undefined ? 'normal' : 'submenu');
    this.label = options.label ?? options.role ?? '';
    this.accelerator = options.accelerator;
    this.id = options.id ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.click = (...args) => {
      if (!this.enabled) return;
      if (this.type === 'checkbox' || this.type === 'radio') this.checked = this.type === 'radio' || !this.checked;
      if (options.role === 'quit') app.quit();
      const handler = options.click as ((item: unknown, window: unknown, event: unknown) => void) | undefined;
      handler?.(this, args[1], args[0] ?? {});
    };
  }
}

/** electron's Menu: a tree of items. */
export class StandinMenu extends EventEmitter {
  readonly items: StandinMenuItem[] = [];

  append(item: StandinMenuItem): void {
    this.insert(this.items.length, item);
  }

  insert(position: number, item: StandinMenuItem): void {
    item.menu = this;
    this.items.splice(position, 0, item);
  }

  getMenuItemById(id: string): StandinMenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null);
      if (found !== null) return found;
    }
    return null;
  }

  popup(options?: { readonly callback?: () => void }): void {
    this.emit('menu-will-show', {});
    options?.callback?.();
  }

  closePopup(): void {
    this.emit('menu-will-close', {});
  }

  static buildFromTemplate(template: readonly (Electron.MenuItemConstructorOptions | Electron.MenuItem)[]): StandinMenu {
    const menu = new StandinMenu();
    for (const entry of template) {
      menu.append(entry instanceof StandinMenuItem ? entry : new StandinMenuItem(entry as Electron.MenuItemConstructorOptions));
    }
    return menu;
  }

  static setApplicationMenu(menu: StandinMenu | null): void {
    app.applicationMenu = menu as unknown as Electron.Menu | null;
  }

  static getApplicationMenu(): StandinMenu | null {
    return app.applicationMenu as unknown as StandinMenu | null;
  }
}
