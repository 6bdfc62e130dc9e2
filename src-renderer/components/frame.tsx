import { useState } from 'react';
import type { ReactNode } from 'react';
import type { SettingsView } from '../../src-shared/domain/views.ts';
import type { Route } from '../navigation.ts';
import { Rail } from './rail.tsx';
import { ShortcutsSheet } from './shortcuts-sheet.tsx';
import { StatusBar } from './status-bar.tsx';
import { useNavigationKeys } from './navigation-keys.ts';

/** What stands around every screen: the rail, the status bar and the sheet of shortcuts. */
export function Frame({ route, settings, children }: { readonly route: Route; readonly settings: SettingsView; readonly children: ReactNode }) {
  const [sheetOpen, setSheetOpen] = useState(false);
  useNavigationKeys(() => { setSheetOpen(true); });
  return (
    <div className="frame">
      <Rail route={route} />
      <main className="frame-main" id="main">{children}</main>
      <StatusBar settings={settings} onShortcuts={() => { setSheetOpen(true); }} />
      <ShortcutsSheet open={sheetOpen} onClose={() => { setSheetOpen(false); }} />
    </div>
  );
}
