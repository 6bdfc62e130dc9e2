import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconStethoscope } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DoctorCheck } from '../../../src-shared/domain/views.ts';
import { Fault } from '../../components/fault.tsx';
import { useAppInfo, useDoctor } from '../../queries.ts';
import { Section } from './section.tsx';

const icons = { ok: IconCircleCheck, warning: IconAlertTriangle, failed: IconCircleX } as const;

function Check({ check }: { readonly check: DoctorCheck }) {
  const { t } = useTranslation();
  const Icon = icons[check.state];
  return (
    <li className={`doctor doctor-${check.state}`}>
      <Icon size={18} aria-hidden />
      <div>
        <span className="doctor-name">{t(`settings.about.checks.${check.name}`)} <span className="doctor-state">{t(`settings.about.states.${check.state}`)}</span></span>
        <span>{check.message}</span>
        {check.advice !== null && <span className="doctor-advice">{check.advice}</span>}
      </div>
    </li>
  );
}

/** Version, place of the data, and what works on this machine. */
export function AboutSection() {
  const { t } = useTranslation();
  const [info, doctor] = [useAppInfo().data, useDoctor()];
  return (
    <Section name="about" action={<Button size="xs" variant="default" leftSection={<IconStethoscope size={15} aria-hidden />} loading={doctor.isFetching} onClick={() => { void doctor.refetch(); }}>{t('settings.about.checkAgain')}</Button>}>
      {info !== undefined && (
        <dl className="about">
          <div><dt>LungDesk</dt><dd>{info.version}</dd></div>
          <div><dt>{info.standIn ? t('settings.about.standIn') : 'Electron'}</dt><dd>{info.electron}</dd></div>
          <div><dt>{t('settings.about.dataFolder')}</dt><dd className="path">{info.dataFolder}</dd></div>
        </dl>
      )}
      {doctor.isError && <Fault error={doctor.error} />}
      <ul className="doctors">{doctor.data?.map((check) => <Check key={check.name} check={check} />)}</ul>
      <p className="dimmed about-notice">{t('notice')}</p>
    </Section>
  );
}
