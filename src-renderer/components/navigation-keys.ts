import { useEffect, useRef } from 'react';
import { navigate } from '../navigation.ts';
import { listen } from '../workstation.ts';
import { isPlain, isTaken } from './keyboard.ts';

const screens = { q: 'queue', s: 'spend', ',': 'settings' } as const;

function isScreenKey(key: string): key is keyof typeof screens {
  return key in screens;
}

/** Goes between screens on `g` and a second key, opens the shortcuts on `?`, and follows the menu and the tray. */
export function useNavigationKeys(onShortcuts: () => void): void {
  const act = useRef(onShortcuts);
  useEffect(() => { act.current = onShortcuts; }, [onShortcuts]);
  useEffect(() => {
    let pending = false;
    const press = (event: KeyboardEvent): void => {
      if (isTaken(event) || !isPlain(event)) return;
      const waited = pending;
      pending = !waited && event.key === 'g';
      if (event.key === '?') act.current();
      else if (waited && isScreenKey(event.key)) {
        event.preventDefault();
        navigate({ screen: screens[event.key] });
      }
    };
    const end = listen('navigate', (target) => {
      if (target.screen === 'shortcuts') act.current();
      else if (target.screen === 'reading') navigate({ screen: 'exam', readingId: target.readingId });
      else navigate({ screen: target.screen });
    });
    // In the capture phase: keys do not bubble out of the viewport.
    window.addEventListener('keydown', press, { capture: true });
    return () => {
      window.removeEventListener('keydown', press, { capture: true });
      end();
    };
  }, []);
}
