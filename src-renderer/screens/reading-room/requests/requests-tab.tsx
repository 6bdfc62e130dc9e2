import { IconAlertTriangle, IconCheck, IconChevronRight, IconClock, IconLoader2, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReadingDetail, RequestView } from '../../../../src-shared/domain/views.ts';
import { plainText } from '../../../components/plain-text.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { useForecastWords } from '../plan/use-forecast-words.ts';
import { failureOf } from '../sent/sheets.ts';
import { AttemptFacts, isUnpriced } from './attempt-facts.tsx';
import { hasSeveralReaders, useRequestWords } from './request-words.ts';

const icons = { waiting: IconClock, sending: IconLoader2, retrying: IconRefresh, done: IconCheck, failed: IconAlertTriangle } as const;

interface RequestProps {
  readonly request: RequestView;
  readonly severalReaders: boolean;
  readonly onSlice: (sliceIndex: number) => void;
  readonly onPictures: (request: RequestView) => void;
}

function RequestDetail({ request, onSlice, onPictures }: Omit<RequestProps, 'severalReaders'>) {
  const { t } = useTranslation();
  const words = useRequestWords();
  const reason = failureOf(request);
  const problem = reason === null ? null : errorText(t, { code: reason, message: reason });
  return (
    <div className="request-detail">
      {problem !== null && <p className="request-problem">{problem.what} {problem.advice}</p>}
      <p className="request-facts">{[words.tiles(request), t('plan.pictures', { count: request.pictures.length })].join(' · ')} · <bdi>{plainText(request.model)}</bdi></p>
      <p className="request-links">
        {request.pictures.length > 0 && <button type="button" className="link" onClick={() => { onPictures(request); }}>{t('request.show')}</button>}
        {(request.purpose === 'slices' || request.purpose === 'sweep') && <button type="button" className="link" onClick={() => { onSlice(request.fromIndex); }}>{t('request.goTo', { number: request.fromIndex + 1 })}</button>}
      </p>
      {request.attempts.map((attempt, index) => <AttemptFacts key={attempt.id} attempt={attempt} number={index + 1} />)}
    </div>
  );
}

function Request({ request, severalReaders, ...actions }: RequestProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRequestWords();
  const [open, setOpen] = useState(false);
  const Icon = icons[request.state];
  const cost = request.attempts.reduce((sum, { costMicroUsd }) => sum + (costMicroUsd ?? 0), 0);
  const unpriced = request.attempts.some(isUnpriced);
  const costs = [cost > 0 || !unpriced ? format.money(cost) : null, unpriced ? t('attempt.priceUnknown') : null].filter((part) => part !== null);
  const served = request.attempts.at(-1)?.modelServed ?? request.model;
  const reader = words.reader(request, severalReaders);
  return (
    <li className={`request request-${request.state}`}>
      <button type="button" className="request-line" aria-expanded={open} onClick={() => { setOpen(!open); }}>
        <IconChevronRight size={14} className={open ? 'turn is-open' : 'turn'} aria-hidden />
        <Icon size={16} className="request-icon" aria-hidden />
        <span className="request-main">
          <span>{words.about(request)}</span>
          {reader !== null && <span className="request-reader request-sub">{reader}</span>}
          <span className="dimmed request-sub">{request.state === 'failed' && failureOf(request) === 'control-failed' ? t('request.controlFailed') : t(`request.${request.state}`)} · <bdi>{plainText(served)}</bdi></span>
        </span>
        <span className="request-end">
          <span>{request.attempts.length === 0 ? '' : costs.join(' + ')}</span>
          <span className="dimmed request-sub">{t('request.attempts', { count: request.attempts.length })}</span>
        </span>
      </button>
      {open && <RequestDetail request={request} {...actions} />}
    </li>
  );
}

interface RequestsTabProps extends Pick<RequestProps, 'onSlice' | 'onPictures'> {
  readonly detail: Pick<ReadingDetail, 'requests' | 'forecast' | 'mode' | 'row'>;
}

/** Every request of the plan, live, with each attempt it took. */
export function RequestsTab({ detail: { requests, forecast, mode, row }, ...actions }: RequestsTabProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useForecastWords();
  if (requests.length === 0) return <p className="tab-empty">{t(row.state === 'preparing' ? 'request.notYet' : 'request.none')}</p>;
  const done = requests.filter(({ state }) => state === 'done').length;
  const severalReaders = hasSeveralReaders(requests);
  return (
    <>
      <p className="tab-lead">
        {t('request.done', { done, count: requests.length })}
        {forecast !== null && <><br />{t(`plan.mode.${mode}.name`)} · {t('request.forecast', { cost: format.money(row.cost.knownMicroUsd), forecast: [words.expected(forecast), words.atMost(forecast)].filter((part) => part !== null).join(t('said.and')) })}</>}
      </p>
      <ul className="requests">{requests.map((request) => <Request key={request.ordinal} request={request} severalReaders={severalReaders} {...actions} />)}</ul>
    </>
  );
}
