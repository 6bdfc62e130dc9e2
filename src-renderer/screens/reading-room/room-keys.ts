import { useEffect, useEffectEvent } from 'react';
import type { Finding } from '../../../src-shared/domain/finding.ts';
import type { CandidateView } from '../../../src-shared/domain/views.ts';
import { isPlain, isTaken } from '../../components/keyboard.ts';
import { navigate } from '../../navigation.ts';
import { windowPresets } from '../../viewer/window-presets.ts';
import type { RoomAction, RoomDialog, RoomState } from './reading-room-state.ts';
import type { Sheet } from './sent/sheets.ts';

/** Slices that PageUp and PageDown go. */
export const pageOfSlices = 10;

/** The slice a key leads to; null for keys that do not scroll. Down goes towards the feet, where slice 0 is. */
export function sliceForKey(key: string, sliceIndex: number, sliceCount: number): number | null {
  switch (key) {
    case 'ArrowDown': case 'ArrowLeft': return sliceIndex - 1;
    case 'ArrowUp': case 'ArrowRight': return sliceIndex + 1;
    case 'PageDown': return sliceIndex - pageOfSlices;
    case 'PageUp': return sliceIndex + pageOfSlices;
    case 'Home': return sliceCount - 1;
    case 'End': return 0;
    default: return null;
  }
}

/** What the reader can step through, in the order in which it is listed. */
export interface RoomLists {
  readonly findings: readonly Finding[];
  /** Those that are large enough, in the chosen order. */
  readonly candidates: readonly CandidateView[];
  readonly allCandidates: readonly CandidateView[];
  readonly sheets: readonly Sheet[];
  /** Windows that there is something to show in. */
  readonly dialogs: readonly RoomDialog[];
}

// Keys of the pictures that are sent; they do nothing where there are none.
function sheetAction(key: string, { sheets, allCandidates: candidates }: RoomLists, isOpen: boolean): RoomAction | null {
  if (sheets.length === 0) return null;
  switch (key) {
    case '.': return { kind: 'neighbour-sheet', count: sheets.length, step: 1 };
    case ',': return { kind: 'neighbour-sheet', count: sheets.length, step: -1 };
    case 't': return { kind: 'neighbour-tile', sheets, candidates, step: 1 };
    case 'T': return { kind: 'neighbour-tile', sheets, candidates, step: -1 };
    case 'z': case 'Z': return isOpen ? { kind: 'sheet-zoom', zoom: 'next' } : null;
    case 'e': case 'E': return isOpen ? { kind: 'toggle-sheet-large' } : null;
    default: return null;
  }
}

/** What a key does in the reading room besides scrolling; null for other keys. */
export function actionForKey(key: string, lists: RoomLists, tab: RoomState['tab']): RoomAction | null {
  const { findings, candidates, dialogs } = lists;
  const preset = windowPresets[Number(key) - 1];
  if (preset !== undefined) return { kind: 'window', window: { windowCenter: preset.windowCenter, windowWidth: preset.windowWidth } };
  switch (key.toLowerCase()) {
    case 'n': return { kind: 'neighbour-finding', findings, step: 1 };
    case 'p': return { kind: 'neighbour-finding', findings, step: -1 };
    case 'j': return { kind: 'neighbour-candidate', candidates, step: 1 };
    case 'k': return { kind: 'neighbour-candidate', candidates, step: -1 };
    case 'i': return { kind: 'toggle-regions' };
    case 'c': return { kind: 'toggle-outlines' };
    case 'm': return { kind: 'toggle-measure' };
    case 'r': return { kind: 'reset' };
    case 'x': return dialogs.includes('compare') ? { kind: 'dialog', dialog: 'compare' } : null;
    case 'd': return dialogs.includes('report') ? { kind: 'dialog', dialog: 'report' } : null;
    default: return sheetAction(key, lists, tab === 'sent');
  }
}

// Arrows move between tabs while a tab has the focus.
function isForTabs(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest('[role=tab]') !== null && /^(Arrow|Home|End)/.test(event.key);
}

// Enter presses what has the focus; elsewhere, and on a tab that is open anyway, it opens the candidate.
function opensDetails(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !(event.target instanceof Element && event.target.closest('button:not([role=tab]), a') !== null);
}

/** What Escape leaves, one thing at a time: the large picture, measuring, then the neighbourhood of a candidate; null where only the exam is left. */
export function escapeAction({ measuring, isNear, sheet, tab }: Pick<RoomState, 'measuring' | 'isNear' | 'sheet' | 'tab'>): RoomAction | null {
  if (sheet.isLarge && tab === 'sent') return { kind: 'toggle-sheet-large' };
  if (measuring) return { kind: 'toggle-measure' };
  return isNear ? { kind: 'whole' } : null;
}

/** Keys of the reading room. */
export function useRoomKeys(lists: RoomLists, sliceCount: number, room: RoomState, act: (action: RoomAction) => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (isTaken(event) || !isPlain(event) || isForTabs(event)) return;
    const sliceIndex = sliceForKey(event.key, room.sliceIndex, sliceCount);
    const action: RoomAction | null = sliceIndex !== null ? { kind: 'slice', sliceIndex, sliceCount }
      : opensDetails(event) && room.rank !== null ? { kind: 'toggle-details' }
      : event.key === 'Escape' ? escapeAction(room) : actionForKey(event.key, lists, room.tab);
    if (action !== null) {
      event.preventDefault();
      act(action);
    } else if (event.key === 'Escape') navigate({ screen: 'queue' });
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      press(event);
      // The viewport's tools swallow every key once the picture has been clicked, Tab too: nobody would get out again.
      if (event.target instanceof Element && event.target.closest('.viewport') !== null) event.stopPropagation();
    };
    window.addEventListener('keydown', listener, { capture: true });
    return () => { window.removeEventListener('keydown', listener, { capture: true }); };
  }, []);
}
