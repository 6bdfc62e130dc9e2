import { useTranslation } from 'react-i18next';
import { coverageWords } from './coverage-words.ts';
import type { QueueRow } from '../../src-shared/domain/views.ts';

/** How many of the planned slices have a valid answer, or were searched where the device alone reads, as a bar and in numbers. */
export function CoverageMeter({ row }: { readonly row: Pick<QueueRow, 'coverage' | 'status'> }) {
  const { t } = useTranslation();
  const { planned, valid, searched, refused, failed } = row.coverage;
  const done = valid + searched;
  if (planned === 0) return <span className="dimmed">–</span>;
  const share = (part: number) => ({ width: `${(100 * part) / planned}%` });
  const label = coverageWords(t, row.coverage);
  return (
    <div className="coverage-meter" role="img" aria-label={label} title={label}>
      <span className={done === planned || row.status === null ? 'coverage-count' : 'coverage-count short'}>{done}/{planned}</span>
      <span className="coverage-track">
        <span className="coverage-valid" style={share(valid)} />
        <span className="coverage-searched" style={share(searched)} />
        <span className="coverage-gap" style={share(refused + failed)} />
      </span>
    </div>
  );
}
