import { Button } from '@mantine/core';
import { IconCircleCheck, IconCopy, IconCpu, IconEyeOff, IconFileText, IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../src-shared/domain/finding.ts';
import type { ReadingDetail } from '../../../src-shared/domain/views.ts';
import { findingsClaim } from '../../components/reading-claim.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { unreadPlaces } from '../../viewer/unread-places.ts';
import type { UnreadPlace } from '../../viewer/unread-places.ts';
import { FindingCard } from './finding-card.tsx';
import { drawnFindings } from './drawn-findings.ts';
import { PlanLimits } from './plan/plan-limits.tsx';
import type { RoomDialog, RoomState } from './reading-room-state.ts';
import { WaitingNotice } from './waiting-notice.tsx';

interface FindingsTabProps {
  readonly detail: ReadingDetail;
  readonly room: RoomState;
  readonly dialogs: readonly RoomDialog[];
  readonly onDialog: (dialog: RoomDialog) => void;
  readonly onFinding: (finding: Finding) => void;
  readonly onSlice: (sliceIndex: number) => void;
}

function PlaceText({ place: { kind, fromIndex, toIndex, fromMm, toMm } }: { readonly place: UnreadPlace }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [from, to] = [fromIndex + 1, toIndex + 1];
  if (kind === 'missing') return t('findings.missingBetween', { from, to, fromMm: format.mmNumber(fromMm), toMm: format.mm(toMm) });
  return from === to
    ? t('findings.unreadSlice', { from, fromMm: format.mm(fromMm) })
    : t('findings.unreadRange', { from, to, fromMm: format.mm(fromMm), toMm: format.mm(toMm) });
}

function Unread({ detail, onSlice }: Pick<FindingsTabProps, 'detail' | 'onSlice'>) {
  const { t } = useTranslation();
  const { coverage, status } = detail.row;
  if (status === null || coverage.planned === 0 || (status === 'complete' && detail.unreadRanges.length === 0)) return null;
  const places = unreadPlaces(detail);
  const title = coverage.valid + coverage.searched === coverage.planned && places.some(({ kind }) => kind === 'missing') ? 'findings.missingTitle' : 'findings.incompleteTitle';
  const lists = [places.filter(({ kind }) => kind === 'unread'), places.filter(({ kind }) => kind === 'missing')] as const;
  return (
    <div className="unread" role="status">
      <p className="unread-title"><IconEyeOff size={16} aria-hidden />{t(title, { valid: coverage.valid + coverage.searched, planned: coverage.planned })}</p>
      {lists[0].length > 0 && <p>{t('findings.nobodyRead')}</p>}
      {lists.filter((list) => list.length > 0).map((list) => (
        <ul key={list[0]?.kind}>
          {list.map((place) => (
            <li key={place.fromIndex}>
              <button type="button" className="link" onClick={() => { onSlice(place.fromIndex); }}><PlaceText place={place} /></button>
            </li>
          ))}
        </ul>
      ))}
    </div>
  );
}

function NothingYet({ detail }: Pick<FindingsTabProps, 'detail'>) {
  const { t } = useTranslation();
  switch (findingsClaim(detail.row)) {
    case 'none':
      return <div className="nothing"><IconCircleCheck size={34} stroke={1.2} aria-hidden /><h2>{t('findings.noneTitle')}</h2><p>{t(detail.row.coverage.outsideLungs > 0 ? 'findings.noneTextLungs' : 'findings.noneText', { count: detail.row.coverage.planned })}</p></div>;
    case 'pending':
      return <div className="nothing"><IconHourglass size={34} stroke={1.2} aria-hidden /><h2>{t('findings.pendingTitle')}</h2><p>{t('findings.pendingText')}</p></div>;
    case 'device-only':
      return <div className="nothing"><IconCpu size={34} stroke={1.2} aria-hidden /><h2>{t('findings.deviceOnlyTitle')}</h2><p>{t('findings.deviceOnlyText')}</p></div>;
    case 'not-read':
      return <div className="nothing"><IconEyeOff size={34} stroke={1.2} aria-hidden /><h2>{t('findings.notRead')}</h2><p>{t('findings.notReadText')}</p></div>;
    case 'late':
      return <div className="nothing"><IconEyeOff size={34} stroke={1.2} aria-hidden /><h2>{t('findings.lateTitle')}</h2><p>{t('findings.lateText')}</p></div>;
    case 'same-exam':
      return <div className="nothing"><IconCopy size={34} stroke={1.2} aria-hidden /><h2>{t('stage.same')}</h2><p>{t('stagePanel.same.text')}</p></div>;
    case 'not-fully-read':
      return <div className="nothing"><IconEyeOff size={34} stroke={1.2} aria-hidden /><h2>{t('findings.notFullyRead')}</h2><p>{t('findings.notFullyReadText')}</p></div>;
    default:
      return <div className="nothing"><IconEyeOff size={34} stroke={1.2} aria-hidden /><h2>{t('findings.notPutTogether')}</h2><p>{t('findings.notPutTogetherText')}</p></div>;
  }
}

/** The findings, each a way to its middle slice; an empty list says only what is known. */
export function FindingsTab({ detail, room, dialogs, onDialog, onFinding, onSlice }: FindingsTabProps) {
  const { t } = useTranslation();
  return (
    <>
      {detail.row.practice && detail.row.status !== null && <p className="practice-note">{t('practice.note')}</p>}
      <WaitingNotice detail={detail} />
      <Unread detail={detail} onSlice={onSlice} />
      {detail.row.state === 'merged' && <PlanLimits notes={detail.planNotes} />}
      {drawnFindings(detail).length < detail.findings.length && <p className="tab-lead">{t('findings.notDrawn')}</p>}
      {detail.findings.length === 0 ? <NothingYet detail={detail} /> : (
        <ol className="findings">
          {detail.findings.map((finding, index) => (
            <li key={finding.id}><FindingCard finding={finding} number={index + 1} selected={finding.id === room.findingId} onChoose={() => { onFinding(finding); }} /></li>
          ))}
        </ol>
      )}
      {dialogs.includes('report') && (
        <Button className="findings-report" size="xs" variant="default" fullWidth leftSection={<IconFileText size={14} aria-hidden />} rightSection={<kbd aria-hidden>D</kbd>} onClick={() => { onDialog('report'); }}>{t('report.open')}</Button>
      )}
      {detail.attribution !== null && <p className="attribution">{detail.attribution}</p>}
    </>
  );
}
