import { useTranslation } from 'react-i18next';
import type { ScoreTerm } from '../../../../src-shared/domain/candidate.ts';
import { useFormat } from '../../../i18n/use-format.ts';

interface ScoreBarsProps {
  readonly score: number;
  readonly terms: readonly ScoreTerm[];
  /** Points that fill half a bar, > 0: the most of any term in the exam, so that candidates can be compared. */
  readonly fullPoints: number;
}

/** What a candidate's score is made of: each feature as measured, and what it adds or takes. */
export function ScoreBars({ score, terms, fullPoints }: ScoreBarsProps) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const number = (value: number, signDisplay: 'auto' | 'exceptZero' = 'auto'): string =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay }).format(value);
  return (
    <section className="score">
      <h3>{t('candidates.score', { score: number(score) })} <span className="dimmed">{t('candidates.scoreNote')}</span></h3>
      <table>
        <thead>
          <tr><th scope="col">{t('candidates.scoreColumns.term')}</th><th scope="col" className="score-value">{t('candidates.scoreColumns.value')}</th><th scope="col" colSpan={2} className="score-points">{t('candidates.scoreColumns.points')}</th></tr>
        </thead>
        <tbody>
          {terms.map(({ name, value, points }) => (
            <tr key={name}>
              <th scope="row">{t(`candidates.term.${name}`)}</th>
              <td className="score-value">{number(value)}</td>
              <td className="score-bar" aria-hidden>
                <span className={points < 0 ? 'score-fill is-against' : 'score-fill'} style={{ width: `${Math.min(50, (50 * Math.abs(points)) / fullPoints)}%` }} />
              </td>
              <td className="score-points">{number(points, 'exceptZero')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
