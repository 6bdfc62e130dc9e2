import type { Finding } from '../../../src-shared/domain/finding.ts';
import type { CandidateView } from '../../../src-shared/domain/views.ts';
import { windowPresets } from '../../viewer/window-presets.ts';
import type { DisplayWindow } from '../../viewer/window-presets.ts';
import { sliceOfCandidate, wholeList } from './candidates/arrange-candidates.ts';
import type { CandidateArrangement } from './candidates/arrange-candidates.ts';
import type { PanelTab } from './panel-tabs.ts';
import { firstSheet, nextZoom, sheetAfter, tileAfter } from './sent/sheet-state.ts';
import type { SheetState, SheetZoom } from './sent/sheet-state.ts';
import { middleOfTile } from './sent/sheets.ts';
import type { Sheet, TilePlace } from './sent/sheets.ts';

/** A window over the exam. */
export type RoomDialog = 'compare' | 'report';

/** What the reader looks at. */
export interface RoomState {
  readonly sliceIndex: number;
  readonly window: DisplayWindow;
  readonly tab: PanelTab;
  readonly regionsShown: boolean;
  readonly findingId: string | null;
  /** Counts jumps to a finding, so that each one flashes its region. */
  readonly flash: number;
  readonly outlinesShown: boolean;
  /** The candidate that is looked at; ranks are unique within an exam. */
  readonly rank: number | null;
  readonly detailsOpen: boolean;
  readonly arrangement: CandidateArrangement;
  /** Counts jumps to a candidate, so that each one shows it from near. */
  readonly jumps: number;
  /** True from a jump to a candidate until the whole picture is shown again. */
  readonly isNear: boolean;
  /** True while clicks on the picture measure. */
  readonly measuring: boolean;
  /** Counts resets of zoom and pan. */
  readonly resets: number;
  /** Of the pictures that are sent. */
  readonly sheet: SheetState;
  readonly dialog: RoomDialog | null;
}

/** What the reader does. */
export type RoomAction =
  | { readonly kind: 'slice'; readonly sliceIndex: number; readonly sliceCount: number }
  | { readonly kind: 'tab'; readonly tab: PanelTab }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'neighbour-finding'; readonly findings: readonly Finding[]; readonly step: 1 | -1 }
  | { readonly kind: 'candidate'; readonly candidate: CandidateView }
  | { readonly kind: 'neighbour-candidate'; readonly candidates: readonly CandidateView[]; readonly step: 1 | -1 }
  | { readonly kind: 'arrange'; readonly arrangement: CandidateArrangement }
  | { readonly kind: 'toggle-details' }
  | { readonly kind: 'toggle-outlines' }
  | { readonly kind: 'toggle-measure' }
  | { readonly kind: 'window'; readonly window: DisplayWindow }
  | { readonly kind: 'toggle-regions' }
  | { readonly kind: 'whole' }
  | { readonly kind: 'sheet'; readonly index: number }
  | { readonly kind: 'neighbour-sheet'; readonly count: number; readonly step: 1 | -1 }
  | { readonly kind: 'tile'; readonly place: TilePlace; readonly candidates: readonly CandidateView[] }
  | { readonly kind: 'neighbour-tile'; readonly sheets: readonly Sheet[]; readonly candidates: readonly CandidateView[]; readonly step: 1 | -1 }
  | { readonly kind: 'sheet-zoom'; readonly zoom: SheetZoom | 'next' }
  | { readonly kind: 'toggle-sheet-large' }
  | { readonly kind: 'dialog'; readonly dialog: RoomDialog | null }
  | { readonly kind: 'reset' };

/** The slice in the middle of a finding, among those where it has a region; null without regions. */
export function middleSlice(finding: Pick<Finding, 'regions'>): number | null {
  const indices = finding.regions.map((region) => region.sliceIndex).toSorted((left, right) => left - right);
  return indices[Math.floor((indices.length - 1) / 2)] ?? null;
}

/** Where a reader starts: at the first finding, else at the first candidate, else in the middle of the series. */
export function startRoom(sliceCount: number, findings: readonly Finding[], candidates: readonly CandidateView[] = [], tab: PanelTab = 'findings'): RoomState {
  const [finding] = findings;
  const candidate = finding === undefined ? candidates[0] : undefined;
  const middle = Math.max(0, Math.floor((sliceCount - 1) / 2));
  const sliceIndex = (finding === undefined ? null : middleSlice(finding)) ?? (candidate === undefined ? middle : sliceOfCandidate(candidate));
  return {
    sliceIndex, window: windowPresets[0], tab, regionsShown: true, findingId: finding?.id ?? null, flash: 0,
    outlinesShown: true, rank: candidate?.rank ?? null, detailsOpen: false, arrangement: wholeList, jumps: 0, isNear: false, measuring: false, resets: 0,
    sheet: firstSheet, dialog: null,
  };
}

// The surroundings of a candidate are not where anything else lies.
function showWhole(state: RoomState): RoomState {
  return state.isNear ? { ...state, resets: state.resets + 1, isNear: false } : state;
}

function showFinding(state: RoomState, finding: Finding): RoomState {
  const sliceIndex = middleSlice(finding) ?? state.sliceIndex;
  // What the panel is asked to follow stands in it.
  return { ...showWhole(state), sliceIndex, tab: 'findings', findingId: finding.id, regionsShown: true, flash: state.flash + 1 };
}

function showCandidate(state: RoomState, candidate: CandidateView): RoomState {
  return { ...state, sliceIndex: sliceOfCandidate(candidate), tab: 'candidates', rank: candidate.rank, outlinesShown: true, jumps: state.jumps + 1, isNear: true };
}

// The pictures stay in the panel: what was sent and what it shows are looked at side by side.
function showTile(state: RoomState, { sheetIndex, tile }: TilePlace, candidates: readonly CandidateView[]): RoomState {
  const sheet: SheetState = { ...state.sheet, index: sheetIndex, number: tile.number, isLarge: false };
  const candidate = candidates.find(({ rank }) => rank === tile.candidateRank);
  if (candidate !== undefined) return { ...showCandidate(state, candidate), tab: 'sent', sheet };
  return { ...showWhole(state), sliceIndex: middleOfTile(tile) ?? state.sliceIndex, tab: 'sent', sheet };
}

/** The next of a list after the one at a place, going round; from nowhere the first or the last. */
function nextOf<Item>(items: readonly Item[], at: number, step: 1 | -1): Item | undefined {
  return items[at === -1 ? (step === 1 ? 0 : items.length - 1) : (at + step + items.length) % items.length];
}

/** The next state after an action; slices stay inside the series, findings and candidates go round. */
export function roomAfter(state: RoomState, action: RoomAction): RoomState {
  switch (action.kind) {
    case 'slice': {
      const sliceIndex = Math.min(Math.max(0, action.sliceIndex), Math.max(0, action.sliceCount - 1));
      return sliceIndex === state.sliceIndex ? state : { ...state, sliceIndex };
    }
    case 'tab': return { ...state, tab: action.tab };
    case 'finding': return showFinding(state, action.finding);
    case 'neighbour-finding': {
      const finding = nextOf(action.findings, action.findings.findIndex(({ id }) => id === state.findingId), action.step);
      return finding === undefined ? state : showFinding(state, finding);
    }
    case 'candidate': return showCandidate(state, action.candidate);
    case 'neighbour-candidate': {
      const candidate = nextOf(action.candidates, action.candidates.findIndex(({ rank }) => rank === state.rank), action.step);
      return candidate === undefined ? state : showCandidate(state, candidate);
    }
    case 'arrange': return { ...state, arrangement: action.arrangement };
    case 'toggle-details': return state.rank === null ? state : { ...state, tab: 'candidates', detailsOpen: !state.detailsOpen };
    case 'toggle-outlines': return { ...state, outlinesShown: !state.outlinesShown };
    case 'toggle-measure': return { ...state, measuring: !state.measuring };
    case 'window': return { ...state, window: action.window };
    case 'toggle-regions': return { ...state, regionsShown: !state.regionsShown };
    case 'whole': return showWhole(state);
    case 'sheet': return { ...state, tab: 'sent', sheet: { ...state.sheet, index: action.index, number: null } };
    case 'neighbour-sheet': return action.count === 0 ? state : { ...state, tab: 'sent', sheet: sheetAfter(state.sheet, action.count, action.step) };
    case 'tile': return showTile(state, action.place, action.candidates);
    case 'neighbour-tile': {
      const place = tileAfter(state.sheet, action.sheets, action.step);
      return place === null ? state : showTile(state, place, action.candidates);
    }
    case 'sheet-zoom': return { ...state, sheet: { ...state.sheet, zoom: action.zoom === 'next' ? nextZoom(state.sheet.zoom) : action.zoom } };
    case 'toggle-sheet-large': return { ...state, sheet: { ...state.sheet, isLarge: !state.sheet.isLarge } };
    case 'dialog': return { ...state, dialog: action.dialog };
    case 'reset': return { ...state, window: windowPresets[0], resets: state.resets + 1, isNear: false };
  }
}
