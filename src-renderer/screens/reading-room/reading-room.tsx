import { useMemo, useReducer } from 'react';
import type { ReadingDetail } from '../../../src-shared/domain/views.ts';
import { arrangeCandidates } from './candidates/arrange-candidates.ts';
import { CompareModal } from './compare/compare-modal.tsx';
import { ExamHeader } from './exam-header.tsx';
import { ExamPanel } from './exam-panel.tsx';
import { useMeasure } from './measure/use-measure.ts';
import { firstTab } from './panel-tabs.ts';
import { Pictures } from './pictures.tsx';
import { ReportModal } from './report/report-modal.tsx';
import { roomAfter, startRoom } from './reading-room-state.ts';
import { dialogsFor } from './room-dialogs.ts';
import { useRoomKeys } from './room-keys.ts';
import { sheetsOf } from './sent/sheets.ts';
import { StagePanel } from './stage-panel.tsx';

/** The pictures of an exam beside what was found, what was asked and what was sent. */
export function ReadingRoom({ detail }: { readonly detail: ReadingDetail }) {
  const { slices, findings, candidates } = detail;
  const [room, act] = useReducer(roomAfter, null, () => startRoom(slices.length, findings, candidates, firstTab(detail)));
  const shown = useMemo(() => arrangeCandidates(candidates, room.arrangement), [candidates, room.arrangement]);
  const measurement = useMeasure(detail.row.readingId, room.measuring);
  const sheets = useMemo(() => sheetsOf(detail.requests), [detail.requests]);
  const dialogs = dialogsFor(detail);
  useRoomKeys({ findings, candidates: shown, allCandidates: candidates, sheets, dialogs }, slices.length, room, act);
  const closeDialog = (): void => { act({ kind: 'dialog', dialog: null }); };
  return (
    <div className="screen reading-room">
      <ExamHeader detail={detail} />
      {slices.length === 0 ? <StagePanel detail={detail} /> : <Pictures detail={detail} shown={shown} sheets={sheets} dialogs={dialogs} room={room} measurement={measurement} act={act} />}
      <ExamPanel detail={detail} shown={shown} sheets={sheets} dialogs={dialogs} room={room} measurement={measurement} act={act} />
      <CompareModal detail={detail} open={room.dialog === 'compare'} onClose={closeDialog} act={act} />
      <ReportModal detail={detail} open={room.dialog === 'report'} onClose={closeDialog} />
    </div>
  );
}
