import { useTranslation } from 'react-i18next';
import type { QueueRow } from '../../src-shared/domain/views.ts';
import { useFormat } from '../i18n/use-format.ts';
import { stageProgress } from './stage-progress.ts';

/** The stage a reading is in, in words and, where it can be measured, as a bar. */
export function Stage({ row }: { readonly row: QueueRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const stage = stageProgress(row);
  const detail = stage.word === 'held' && row.heldFor !== null ? t(`hold.${row.heldFor}`) : null;
  const words = t(`stage.${stage.word}`, {
    count: row.sliceCount, done: row.stageDone, total: row.stageTotal, share: format.share(stage.fraction ?? 0, 1),
    time: stage.quietLeftMs === null ? '' : format.seconds(stage.quietLeftMs),
  });
  return (
    <div className={`stage stage-${stage.tone}`}>
      <span className="stage-words" title={detail === null ? words : `${words}: ${detail}`}>{detail === null ? words : `${words}: ${detail}`}</span>
      {stage.fraction !== null && (
        <span className="stage-track" role="progressbar" aria-label={words} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(stage.fraction * 100)}>
          <span className="stage-fill" style={{ width: `${stage.fraction * 100}%` }} />
        </span>
      )}
      {stage.fraction === null && stage.tone === 'busy' && <span className="stage-track" aria-hidden><span className="stage-wander" /></span>}
    </div>
  );
}
