import './reading-room.css';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Fault } from '../../components/fault.tsx';
import { problemIn } from '../../components/problem-in.ts';
import { navigate } from '../../navigation.ts';
import { useReading } from '../../queries.ts';
import { ReadingRoom } from './reading-room.tsx';

/** One exam, as far as it has come. */
export function ReadingRoomScreen({ readingId }: { readonly readingId: string }) {
  const { t } = useTranslation();
  const reading = useReading(readingId);
  if (reading.isError) {
    const retry = problemIn(reading.error).retryable ? { onRetry: () => void reading.refetch() } : {};
    return <Fault error={reading.error} {...retry}><Button size="xs" variant="default" onClick={() => { navigate({ screen: 'queue' }); }}>{t('exam.back')}</Button></Fault>;
  }
  if (reading.data === undefined) return <div className="screen" aria-busy />;
  // The first slices decide where the reader starts.
  return <ReadingRoom key={reading.data.slices.length === 0 ? 'waiting' : 'pictures'} detail={reading.data} />;
}
