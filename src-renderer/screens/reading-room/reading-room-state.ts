import type { Finding } from '../../../src-shared/domain/finding.ts';
import { windowPresets } from '../../viewer/window-presets.ts';
import type { DisplayWindow } from '../../viewer/window-presets.ts';

/** What the reader looks at. */
export interface RoomState {
  readonly sliceIndex: number;
  readonly window: DisplayWindow;
  readonly regionsShown: boolean;
  readonly findingId: string | null;
  /** Counts jumps to a finding, so that each one flashes its region. */
  readonly flash: number;
  /** Counts resets of zoom and pan. */
  readonly resets: number;
}

/** What the reader does. */
export type RoomAction =
  | { readonly kind: 'slice'; readonly sliceIndex: number; readonly sliceCount: number }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'neighbour-finding'; readonly findings: readonly Finding[]; readonly step: 1 | -1 }
  | { readonly kind: 'window'; readonly window: DisplayWindow }
  | { readonly kind: 'toggle-regions' }
  | { readonly kind: 'reset' };

/** The slice in the middle of a finding, among those where it has a region; null without regions. */
export function middleSlice(finding: Pick<Finding, 'regions'>): number | null {
  const indices = finding.regions.map((region) => region.sliceIndex).toSorted((left, right) => left - right);
  return indices[Math.floor((indices.length - 1) / 2)] ?? null;
}

/** Where a reader starts: at the first finding, else in the middle of the series. */
export function startRoom(sliceCount: number, findings: readonly Finding[]): RoomState {
  const [first] = findings;
  const sliceIndex = (first === undefined ? null : middleSlice(first)) ?? Math.max(0, Math.floor((sliceCount - 1) / 2));
  return { sliceIndex, window: windowPresets[0], regionsShown: true, findingId: first?.id ?? null, flash: 0, resets: 0 };
}

function showFinding(state: RoomState, finding: Finding): RoomState {
  const sliceIndex = middleSlice(finding) ?? state.sliceIndex;
  return { ...state, sliceIndex, findingId: finding.id, regionsShown: true, flash: state.flash + 1 };
}

function neighbour(state: RoomState, findings: readonly Finding[], step: 1 | -1): RoomState {
  if (findings.length === 0) return state;
  const at = findings.findIndex(({ id }) => id === state.findingId);
  const next = at === -1 ? (step === 1 ? 0 : findings.length - 1) : (at + step + findings.length) % findings.length;
  const finding = findings[next];
  return finding === undefined ? state : showFinding(state, finding);
}

/** The next state after an action; slices stay inside the series, findings go round. */
export function roomAfter(state: RoomState, action: RoomAction): RoomState {
  switch (action.kind) {
    case 'slice': {
      const sliceIndex = Math.min(Math.max(0, action.sliceIndex), Math.max(0, action.sliceCount - 1));
      return sliceIndex === state.sliceIndex ? state : { ...state, sliceIndex };
    }
    case 'finding': return showFinding(state, action.finding);
    case 'neighbour-finding': return neighbour(state, action.findings, action.step);
    case 'window': return { ...state, window: action.window };
    case 'toggle-regions': return { ...state, regionsShown: !state.regionsShown };
    case 'reset': return { ...state, window: windowPresets[0], resets: state.resets + 1 };
  }
}
