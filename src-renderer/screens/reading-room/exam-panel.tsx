import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReadingDetail } from '../../../src-shared/domain/views.ts';
import { isSameExam } from '../../components/reading-claim.ts';
import { ExamTab } from './exam-tab.tsx';
import { FindingsTab } from './findings-tab.tsx';
import type { RoomAction, RoomState } from './reading-room-state.ts';
import { RequestsTab } from './requests-tab.tsx';
import { SentTab } from './sent-tab.tsx';

interface PanelProps {
  readonly detail: ReadingDetail;
  readonly room: RoomState;
  readonly act: (action: RoomAction) => void;
}

/** What was found, what was asked, what was sent, and where it came from. */
export function ExamPanel({ detail, room, act }: PanelProps) {
  const { t } = useTranslation();
  const goTo = (sliceIndex: number): void => { act({ kind: 'slice', sliceIndex, sliceCount: detail.slices.length }); };
  return (
    <aside className="exam-panel" aria-label={t('exam.panel')}>
      <Tabs defaultValue={isSameExam(detail.row) ? 'exam' : 'findings'} keepMounted={false} classNames={{ root: 'exam-tabs', panel: 'exam-tab-panel' }}>
        <Tabs.List grow>
          <Tabs.Tab value="findings">{t('exam.tabs.findings')}{detail.findings.length > 0 && <span className="tab-count">{detail.findings.length}</span>}</Tabs.Tab>
          <Tabs.Tab value="requests">{t('exam.tabs.requests')}</Tabs.Tab>
          <Tabs.Tab value="sent">{t('exam.tabs.sent')}</Tabs.Tab>
          <Tabs.Tab value="exam">{t('exam.tabs.exam')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="findings" tabIndex={0}><FindingsTab detail={detail} room={room} onFinding={(finding) => { act({ kind: 'finding', finding }); }} onSlice={goTo} /></Tabs.Panel>
        <Tabs.Panel value="requests" tabIndex={0}><RequestsTab requests={detail.requests} onSlice={goTo} /></Tabs.Panel>
        <Tabs.Panel value="sent" tabIndex={0}><SentTab detail={detail} sliceIndex={room.sliceIndex} /></Tabs.Panel>
        <Tabs.Panel value="exam" tabIndex={0}><ExamTab detail={detail} /></Tabs.Panel>
      </Tabs>
    </aside>
  );
}
