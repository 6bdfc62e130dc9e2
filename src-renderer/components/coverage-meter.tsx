import { useTranslation } from 'react-i18next';
import type { QueueRow } from '../../src-shared/domain/views.ts';

/** How many of the planned slices have a valid answer, as a bar and in numbers. */
export function CoverageMeter({ row }: { readonly row: Pick<QueueRow, 'coverage' | 'status'> }) {
  const { t } = useTranslation();
  const { planned, valid, refused, failed } = row.coverage;
  if (planned === 0) return <span className="dimmed">–</span>;
  const share = (part: number) => ({ width: `${(100 * part) / planned}%` });
  const label = t('coverage.readOf', { valid, planned });
  return (
    <div className="coverage-meter" role="img" aria-label={label} title={label}>
      <span className={valid === planned ? 'coverage-count' : row.status === null ? 'coverage-count' : 'coverage-count short'}>{valid}/{planned}</span>
      <span className="coverage-track">
        <span className="coverage-valid" style={share(valid)} />
        <span className="coverage-gap" style={share(refused + failed)} />
      </span>
    </div>
  );
}
