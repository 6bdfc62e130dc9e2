import './reading-room.css';
import { useReading } from '../../queries.ts';
import { Fault } from '../../components/fault.tsx';
import { ReadingRoom } from './reading-room.tsx';

/** One exam, as far as it has come. */
export function ReadingRoomScreen({ readingId }: { readonly readingId: string }) {
  const reading = useReading(readingId);
  if (reading.isError) return <Fault error={reading.error} onRetry={() => void reading.refetch()} />;
  if (reading.data === undefined) return <div className="screen" aria-busy />;
  // The first slices decide where the reader starts.
  return <ReadingRoom key={reading.data.slices.length === 0 ? 'waiting' : 'pictures'} detail={reading.data} />;
}
