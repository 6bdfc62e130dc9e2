import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CandidateView, ReadingDetail } from '../../../src-shared/domain/views.ts';
import { CandidatesTab } from './candidates/candidates-tab.tsx';
import { ExamTab } from './exam-tab.tsx';
import { FindingsTab } from './findings-tab.tsx';
import { MeasureCard } from './measure/measure-card.tsx';
import type { Measurement } from './measure/use-measure.ts';
import { panelTabs } from './panel-tabs.ts';
import type { PanelTab } from './panel-tabs.ts';
import type { RoomAction, RoomDialog, RoomState } from './reading-room-state.ts';
import { PlanCard } from './plan/plan-card.tsx';
import { RequestsTab } from './requests/requests-tab.tsx';
import { SentTab } from './sent/sent-tab.tsx';
import type { Sheet } from './sent/sheets.ts';

interface PanelProps {
  readonly detail: ReadingDetail;
  /** Candidates in the order in which they are listed. */
  readonly shown: readonly CandidateView[];
  readonly sheets: readonly Sheet[];
  readonly dialogs: readonly RoomDialog[];
  readonly room: RoomState;
  readonly measurement: Measurement;
  readonly act: (action: RoomAction) => void;
}

/** What is planned to be sent, what is being measured, what was found, what was asked, what was sent, and where it came from. */
export function ExamPanel({ detail, shown, sheets, dialogs, room, measurement, act }: PanelProps) {
  const { t } = useTranslation();
  const goTo = (sliceIndex: number): void => { act({ kind: 'slice', sliceIndex, sliceCount: detail.slices.length }); };
  const tabs = panelTabs(detail);
  const counts: Partial<Record<PanelTab, number>> = { candidates: detail.candidates.length, findings: detail.findings.length };
  return (
    <aside className="exam-panel" aria-label={t('exam.panel')}>
      <PlanCard key={detail.row.state} detail={detail} />
      {room.measuring && <MeasureCard measurement={measurement} onLeave={() => { act({ kind: 'toggle-measure' }); }} />}
      <Tabs value={room.tab} onChange={(tab) => { act({ kind: 'tab', tab: tabs.find((one) => one === tab) ?? 'exam' }); }} keepMounted={false} classNames={{ root: 'exam-tabs', panel: 'exam-tab-panel' }}>
        <Tabs.List grow>
          {tabs.map((tab) => <Tabs.Tab key={tab} value={tab}>{t(`exam.tabs.${tab}`)}{(counts[tab] ?? 0) > 0 && <span className="tab-count">{counts[tab]}</span>}</Tabs.Tab>)}
        </Tabs.List>
        <Tabs.Panel value="candidates" tabIndex={0}><CandidatesTab detail={detail} shown={shown} dialogs={dialogs} room={room} act={act} /></Tabs.Panel>
        <Tabs.Panel value="findings" tabIndex={0}><FindingsTab detail={detail} room={room} onFinding={(finding) => { act({ kind: 'finding', finding }); }} dialogs={dialogs} onDialog={(dialog) => { act({ kind: 'dialog', dialog }); }} onSlice={goTo} /></Tabs.Panel>
        <Tabs.Panel value="requests" tabIndex={0}><RequestsTab detail={detail} onSlice={goTo} onPictures={(request) => { act({ kind: 'sheet', index: sheets.findIndex((sheet) => sheet.request.ordinal === request.ordinal) }); }} /></Tabs.Panel>
        <Tabs.Panel value="sent" tabIndex={0}><SentTab detail={detail} sheets={sheets} room={room} onTile={(tile, sheetIndex) => { act({ kind: 'tile', place: { sheetIndex, tile }, candidates: detail.candidates }); }} act={act} /></Tabs.Panel>
        <Tabs.Panel value="exam" tabIndex={0}><ExamTab detail={detail} /></Tabs.Panel>
      </Tabs>
    </aside>
  );
}
