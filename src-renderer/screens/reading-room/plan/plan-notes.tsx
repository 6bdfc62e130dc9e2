import { IconAlertTriangle } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { PlanNote } from '../../../../src-shared/domain/request-plan.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { numberRanges } from './number-ranges.ts';

type Format = ReturnType<typeof useFormat>;

function wordsOf(t: TFunction, format: Format, note: PlanNote): string {
  switch (note.kind) {
    case 'candidates-left-out': return t(`plan.note.leftOut.${note.because}`, { count: note.ranks.length, ranks: numberRanges(note.ranks) });
    case 'sweep-coarser': case 'slices-coarser': return t(`plan.note.${note.kind}`, { pixel: format.mm(note.pixelMm) });
    case 'slices-undecoded': return t('plan.note.slices-undecoded', { count: note.sliceIndices.length, slices: numberRanges(note.sliceIndices.map((index) => index + 1)) });
    default: return t(`plan.note.${note.kind}`);
  }
}

/** What a person should know of a plan, in plain words: what nobody is asked about, what is shown coarser, what it may cost. */
export function PlanNotes({ notes }: { readonly notes: readonly PlanNote[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (notes.length === 0) return null;
  return (
    <ul className="plan-notes">
      {notes.map((note) => <li key={note.kind}><IconAlertTriangle size={13} aria-hidden /><span>{wordsOf(t, format, note)}</span></li>)}
    </ul>
  );
}
