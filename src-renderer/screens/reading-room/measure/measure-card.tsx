import './measure.css';
import { CloseButton, Loader } from '@mantine/core';
import { IconRuler2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SizedPlace } from '../../../../src-shared/domain/views.ts';
import { DeviceTag } from '../../../components/device-label.tsx';
import { problemIn } from '../../../components/problem-in.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { HintList } from '../candidates/hint-list.tsx';
import { NoduleFacts } from '../candidates/nodule-facts.tsx';
import { useNoduleWords } from '../candidates/nodule-words.ts';
import type { Measurement } from './use-measure.ts';

function Sized({ sized: { sizing, place } }: { readonly sized: SizedPlace }) {
  const { t } = useTranslation();
  const words = useNoduleWords();
  if (sizing.kind === 'no-region') {
    return <><p className="measure-title">{t('measure.none')}</p><p>{t('measure.reason', { reason: t(`candidates.noRegion.${sizing.reason}`) })}</p></>;
  }
  return (
    <>
      <p className="measure-title">{t('measure.title')} <DeviceTag /></p>
      <p className="measure-mean">{words.mean(sizing.axes)} <span className="measure-unit">{t('candidates.fact.mean')}</span></p>
      <p className="measure-note">{t('measure.notStored')}</p>
      <NoduleFacts size={sizing} place={place} />
      <HintList hints={sizing.hints} />
    </>
  );
}

function Failed({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const { what, advice } = errorText(t, problemIn(error));
  return <><p className="measure-title">{t('measure.failed')}</p><p>{what}{advice !== null && ` ${advice}`}</p></>;
}

function contents({ busy, sized, error }: Measurement): ReactNode {
  if (busy) return null;
  if (error !== null && error !== undefined) return <Failed error={error} />;
  return sized === null ? null : <Sized sized={sized} />;
}

/** Says that clicks on the picture measure, and what the device measured. */
export function MeasureCard({ measurement, onLeave }: { readonly measurement: Measurement; readonly onLeave: () => void }) {
  const { t } = useTranslation();
  const said = contents(measurement);
  return (
    <section className="measure" aria-label={t('viewer.measure')}>
      <div className="measure-line">
        {measurement.busy ? <Loader size={15} aria-hidden /> : <IconRuler2 size={16} aria-hidden />}
        <span role="status">{t(measurement.busy ? 'measure.busy' : 'measure.hint')}</span>
        <kbd aria-hidden>Esc</kbd>
        <CloseButton size="sm" aria-label={t('measure.leave')} title={t('measure.leave')} onClick={onLeave} />
      </div>
      <div className={said === null ? 'measure-result is-empty' : 'measure-result'} role="status">{said}</div>
    </section>
  );
}
