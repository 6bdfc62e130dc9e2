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
import type { RoomAction, RoomState } from './reading-room-state.ts';
import { RequestsTab } from './requests-tab.tsx';
import { SentTab } from './sent-tab.tsx';

interface PanelProps {
  readonly detail: ReadingDetail;
  /** Candidates in the order in which they are listed. */
  readonly shown: readonly CandidateView[];
  readonly room: RoomState;
  readonly measurement: Measurement;
  readonly act: (action: RoomAction) => void;
}

/** What is being measured, what was found, what was asked, what was sent, and where it came from. */
export function ExamPanel({ detail, shown, room, measurement, act }: PanelProps) {
  const { t } = useTranslation();
  const goTo = (sliceIndex: number): void => { act({ kind: 'slice', sliceIndex, sliceCount: detail.slices.length }); };
  const tabs = panelTabs(detail);
  const counts: Partial<Record<PanelTab, number>> = { candidates: detail.candidates.length, findings: detail.findings.length };
  return (
    <aside className="exam-panel" aria-label={t('exam.panel')}>
      {room.measuring && <MeasureCard measurement={measurement} onLeave={() => { act({ kind: 'toggle-measure' }); }} />}
      <Tabs value={room.tab} onChange={(tab) => { act({ kind: 'tab', tab: tabs.find((one) => one === tab) ?? 'exam' }); }} keepMounted={false} classNames={{ root: 'exam-tabs', panel: 'exam-tab-panel' }}>
        <Tabs.List grow>
          {tabs.map((tab) => <Tabs.Tab key={tab} value={tab}>{t(`exam.tabs.${tab}`)}{(counts[tab] ?? 0) > 0 && <span className="tab-count">{counts[tab]}</span>}</Tabs.Tab>)}
        </Tabs.List>
        <Tabs.Panel value="candidates" tabIndex={0}><CandidatesTab detail={detail} shown={shown} room={room} act={act} /></Tabs.Panel>
        <Tabs.Panel value="findings" tabIndex={0}><FindingsTab detail={detail} room={room} onFinding={(finding) => { act({ kind: 'finding', finding }); }} onSlice={goTo} /></Tabs.Panel>
        <Tabs.Panel value="requests" tabIndex={0}><RequestsTab requests={detail.requests} onSlice={goTo} /></Tabs.Panel>
        <Tabs.Panel value="sent" tabIndex={0}><SentTab detail={detail} sliceIndex={room.sliceIndex} /></Tabs.Panel>
        <Tabs.Panel value="exam" tabIndex={0}><ExamTab detail={detail} /></Tabs.Panel>
      </Tabs>
    </aside>
  );
}
