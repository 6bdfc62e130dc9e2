import { useTranslation } from 'react-i18next';
import type { Cost } from '../../../src-shared/domain/attempt.ts';
import type { SpendMonth } from '../../../src-shared/domain/views.ts';
import { plainText } from '../../components/plain-text.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { formatDescription } from '../../i18n/format.ts';
import { hashOf } from '../../navigation.ts';

interface Line {
  readonly attempts: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cost: Cost;
  readonly unpricedAttempts: number;
}

function Numbers({ line }: { readonly line: Line }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <td className="number">{format.count(line.attempts)}</td>
      <td className="number">{format.count(line.inputTokens)}</td>
      <td className="number">{format.count(line.outputTokens)}</td>
      <td className="number">{format.money(line.cost.knownMicroUsd)}{line.unpricedAttempts > 0 && <><br /><span className="spend-small spend-warn">{t('spend.unpriced', { count: line.unpricedAttempts })}</span></>}</td>
      <td className={line.cost.possibleMicroUsd > 0 ? 'number spend-warn' : 'number dimmed'}>{line.cost.possibleMicroUsd > 0 ? format.money(line.cost.possibleMicroUsd) : '–'}</td>
    </>
  );
}

function NumberHeads() {
  const { t } = useTranslation();
  return <>{(['attempts', 'input', 'output', 'confirmed', 'possible'] as const).map((name) => <th key={name} scope="col" className="number">{t(`spend.columns.${name}`)}</th>)}</>;
}

/** The month per model and per exam; an exam's line leads to it. */
export function SpendTables({ spend }: { readonly spend: SpendMonth }) {
  const { t } = useTranslation();
  return (
    <div className="spend-tables">
      <section className="panel">
        <h2>{t('spend.perModel')}</h2>
        <table className="data-table">
          <thead><tr><th scope="col">{t('spend.columns.model')}</th><NumberHeads /></tr></thead>
          <tbody>
            {spend.byModel.map((line) => (
              <tr key={`${line.relayName}/${line.model}`}><td><bdi className="spend-name">{plainText(line.model)}</bdi><br /><span className="dimmed spend-small">{line.relayName}</span></td><Numbers line={line} /></tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="panel">
        <h2>{t('spend.perExam')}</h2>
        <table className="data-table">
          <thead><tr><th scope="col">{t('spend.columns.exam')}</th><NumberHeads /></tr></thead>
          <tbody>
            {spend.byReading.map((line) => (
              <tr key={line.readingId ?? 'none'}>
                <td>{line.readingId === null ? <span className="dimmed">{t('spend.noExam')}</span> : <a className="spend-link" href={hashOf({ screen: 'exam', readingId: line.readingId })}>{formatDescription(line.label)}</a>}</td>
                <Numbers line={line} />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
