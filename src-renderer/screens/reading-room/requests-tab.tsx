import { IconAlertTriangle, IconCheck, IconChevronRight, IconClock, IconLoader2, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttemptView, RequestView } from '../../../src-shared/domain/views.ts';
import { plainText } from '../../components/plain-text.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useFormat } from '../../i18n/use-format.ts';

const icons = { waiting: IconClock, sending: IconLoader2, retrying: IconRefresh, done: IconCheck, failed: IconAlertTriangle } as const;

// What was never sent costs nothing at any price.
function isUnpriced({ costSource, state }: AttemptView): boolean {
  return costSource === 'unknown' && state !== 'void';
}

function AttemptFacts({ attempt, number }: { readonly attempt: AttemptView; readonly number: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const outcome = attempt.outcome === null ? t(`attempt.${attempt.state}`)
    : attempt.outcome === 'ok' ? t('attempt.ok') : errorText(t, { code: attempt.outcome, message: attempt.outcome }).what;
  const facts = [
    [t('attempt.relay'), plainText(attempt.relayName)],
    [t('attempt.requested'), attempt.modelRequested],
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
      <dl>{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
    </div>
  );
}

function Request({ request, onSlice }: { readonly request: RequestView; readonly onSlice: (sliceIndex: number) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const Icon = icons[request.state];
  const cost = request.attempts.reduce((sum, { costMicroUsd }) => sum + (costMicroUsd ?? 0), 0);
  const unpriced = request.attempts.some(isUnpriced);
  const costs = [cost > 0 || !unpriced ? format.money(cost) : null, unpriced ? t('attempt.priceUnknown') : null].filter((part) => part !== null);
  const served = request.attempts.at(-1)?.modelServed ?? null;
  return (
    <li className={`request request-${request.state}`}>
      <button type="button" className="request-line" aria-expanded={open} onClick={() => { setOpen(!open); }}>
        <IconChevronRight size={14} className={open ? 'turn is-open' : 'turn'} aria-hidden />
        <Icon size={16} className="request-icon" aria-hidden />
        <span className="request-main">
          <span>{t('request.slices', { from: request.fromIndex + 1, to: request.toIndex + 1 })}</span>
          <span className="dimmed request-sub">{t(`request.${request.state}`)}{served !== null && <> · <bdi>{plainText(served)}</bdi></>}</span>
        </span>
        <span className="request-end">
          <span>{request.attempts.length === 0 ? '' : costs.join(' + ')}</span>
          <span className="dimmed request-sub">{t('request.attempts', { count: request.attempts.length })}</span>
        </span>
      </button>
      {open && (
        <div className="request-detail">
          <button type="button" className="link" onClick={() => { onSlice(request.fromIndex); }}>{t('request.goTo', { number: request.fromIndex + 1 })}</button>
          {request.attempts.map((attempt, index) => <AttemptFacts key={attempt.id} attempt={attempt} number={index + 1} />)}
        </div>
      )}
    </li>
  );
}

/** Every request of the plan, live, with each attempt it took. */
export function RequestsTab({ requests, onSlice }: { readonly requests: readonly RequestView[]; readonly onSlice: (sliceIndex: number) => void }) {
  const { t } = useTranslation();
  if (requests.length === 0) return <p className="tab-empty">{t('request.none')}</p>;
  const done = requests.filter(({ state }) => state === 'done').length;
  return (
    <>
      <p className="tab-lead">{t('request.done', { done, count: requests.length })}</p>
      <ul className="requests">{requests.map((request) => <Request key={request.ordinal} request={request} onSlice={onSlice} />)}</ul>
    </>
  );
}
