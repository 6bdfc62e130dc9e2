import './plan.css';
import { useTranslation } from 'react-i18next';
import type { PlanNote } from '../../../../src-shared/domain/request-plan.ts';
import { PlanNotes } from './plan-notes.tsx';

/** Notes that are about money alone: once it is read they limit nothing. */
const moneyKinds: readonly PlanNote['kind'][] = ['price-unknown', 'over-budget'];

/** What limits a reading that has come to its end; stands where its findings, or that there are none, are told. */
export function PlanLimits({ notes }: { readonly notes: readonly PlanNote[] }) {
  const { t } = useTranslation();
  const limits = notes.filter(({ kind }) => !moneyKinds.includes(kind));
  if (limits.length === 0) return null;
  return <section className="plan-limits"><h2>{t('plan.limits')}</h2><PlanNotes notes={limits} /></section>;
}
