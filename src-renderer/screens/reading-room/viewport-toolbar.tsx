import { ActionIcon, SegmentedControl } from '@mantine/core';
import { IconChevronDown, IconChevronLeft, IconChevronRight, IconChevronUp, IconCircleDashed, IconCircleOff, IconColumns2, IconFileText, IconFrame, IconFrameOff, IconRuler2, IconZoomReset } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../src-shared/domain/finding.ts';
import type { CandidateView } from '../../../src-shared/domain/views.ts';
import { presetOf, windowPresets } from '../../viewer/window-presets.ts';
import type { RoomAction, RoomDialog, RoomState } from './reading-room-state.ts';

interface ToolbarProps {
  readonly room: RoomState;
  readonly act: (action: RoomAction) => void;
  readonly findings: readonly Finding[];
  readonly candidates: readonly CandidateView[];
  readonly dialogs: readonly RoomDialog[];
}

/** Windows, findings, candidates, measuring and view of the picture, for the mouse; each has its key. */
export function ViewportToolbar({ room, act, findings, candidates, dialogs }: ToolbarProps) {
  const { t } = useTranslation();
  const tool = (label: string, key: string, onClick: () => void, icon: React.ReactNode, disabled = false) => (
    <ActionIcon variant="subtle" color="gray" size="md" aria-label={label} title={`${label} (${key})`} onClick={onClick} disabled={disabled}>{icon}</ActionIcon>
  );
  return (
    <div className="viewport-toolbar" role="toolbar" aria-label={t('viewer.tools')}>
      <SegmentedControl size="xs" aria-label={t('viewer.windowLabel')} value={presetOf(room.window) ?? ''}
        data={windowPresets.map(({ name }, index) => ({ value: name, label: <span>{t(`viewer.window.${name}`)} <kbd>{index + 1}</kbd></span> }))}
        onChange={(chosen) => {
          const preset = windowPresets.find(({ name }) => name === chosen);
          if (preset !== undefined) act({ kind: 'window', window: { windowCenter: preset.windowCenter, windowWidth: preset.windowWidth } });
        }} />
      <span className="toolbar-space" />
      {tool(t('viewer.previousFinding'), 'P', () => { act({ kind: 'neighbour-finding', findings, step: -1 }); }, <IconChevronLeft size={17} aria-hidden />, findings.length === 0)}
      {tool(t('viewer.nextFinding'), 'N', () => { act({ kind: 'neighbour-finding', findings, step: 1 }); }, <IconChevronRight size={17} aria-hidden />, findings.length === 0)}
      {tool(t(room.regionsShown ? 'viewer.hideRegions' : 'viewer.showRegions'), 'I', () => { act({ kind: 'toggle-regions' }); }, room.regionsShown ? <IconFrame size={17} aria-hidden /> : <IconFrameOff size={17} aria-hidden />)}
      <span className="toolbar-rule" aria-hidden />
      {tool(t('viewer.previousCandidate'), 'K', () => { act({ kind: 'neighbour-candidate', candidates, step: -1 }); }, <IconChevronUp size={17} aria-hidden />, candidates.length === 0)}
      {tool(t('viewer.nextCandidate'), 'J', () => { act({ kind: 'neighbour-candidate', candidates, step: 1 }); }, <IconChevronDown size={17} aria-hidden />, candidates.length === 0)}
      {tool(t(room.outlinesShown ? 'viewer.hideOutlines' : 'viewer.showOutlines'), 'C', () => { act({ kind: 'toggle-outlines' }); }, room.outlinesShown ? <IconCircleDashed size={17} aria-hidden /> : <IconCircleOff size={17} aria-hidden />)}
      <ActionIcon variant={room.measuring ? 'light' : 'subtle'} color={room.measuring ? 'accent' : 'gray'} size="md" aria-pressed={room.measuring} aria-label={t('viewer.measure')} title={`${t('viewer.measure')} (M)`}
        onClick={() => { act({ kind: 'toggle-measure' }); }}><IconRuler2 size={17} aria-hidden /></ActionIcon>
      <span className="toolbar-rule" aria-hidden />
      {dialogs.includes('compare') && tool(t('compare.open'), 'X', () => { act({ kind: 'dialog', dialog: 'compare' }); }, <IconColumns2 size={17} aria-hidden />)}
      {dialogs.includes('report') && tool(t('report.open'), 'D', () => { act({ kind: 'dialog', dialog: 'report' }); }, <IconFileText size={17} aria-hidden />)}
      {tool(t('viewer.reset'), 'R', () => { act({ kind: 'reset' }); }, <IconZoomReset size={17} aria-hidden />)}
    </div>
  );
}
