import { useTranslation } from 'react-i18next';
import type { AttemptView } from '../../../../src-shared/domain/views.ts';
import { plainText } from '../../../components/plain-text.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useFormat } from '../../../i18n/use-format.ts';

/** True where nobody knows what it cost; what was never sent costs nothing at any price. */
export function isUnpriced({ costSource, state }: AttemptView): boolean {
  return costSource === 'unknown' && state !== 'void';
}

/** One attempt: who was asked, who answered, when, how it ended and what it cost. */
export function AttemptFacts({ attempt, number }: { readonly attempt: AttemptView; readonly number: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const outcome = attempt.outcome === null ? t(`attempt.${attempt.state}`)
    : attempt.outcome === 'ok' ? t('attempt.ok') : errorText(t, { code: attempt.outcome, message: attempt.outcome }).what;
  const facts = [
    [t('attempt.relay'), plainText(attempt.relayName)],
    [t('attempt.requested'), plainText(attempt.modelRequested)],
    [t('attempt.served'), attempt.modelServed === null ? t('attempt.notServed') : plainText(attempt.modelServed)],
    [t('attempt.at'), format.time(attempt.reservedAt)],
    [t('attempt.tokens'), attempt.inputTokens === null ? '–' : t('attempt.inOut', { input: format.count(attempt.inputTokens), output: format.count(attempt.outputTokens ?? 0) })],
    [t('attempt.cost'), isUnpriced(attempt) ? t('attempt.priceUnknown') : attempt.costMicroUsd === null ? t('attempt.atMost', { cost: format.money(attempt.maxCostMicroUsd) }) : format.money(attempt.costMicroUsd)],
  ] as const;
  return (
    <div className="attempt">
      <p className={attempt.outcome === 'ok' || attempt.outcome === null ? 'attempt-title' : 'attempt-title not-read'}>
        {t('attempt.number', { number })}: {outcome}{attempt.httpStatus !== null && <span className="dimmed"> · HTTP {attempt.httpStatus}</span>}
      </p>
      <dl>{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd><bdi>{value}</bdi></dd></div>)}</dl>
    </div>
  );
}
