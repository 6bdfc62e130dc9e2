import { useMemo, useReducer } from 'react';
import type { ReadingDetail } from '../../../src-shared/domain/views.ts';
import { CoverageBar } from '../../viewer/coverage-bar.tsx';
import { ImageViewport } from '../../viewer/image-viewport.tsx';
import type { SeriesPictures } from '../../viewer/slice-pictures.ts';
import { SliceScrollbar } from '../../viewer/slice-scrollbar.tsx';
import { gapsAbove } from '../../viewer/unread-places.ts';
import { ExamHeader } from './exam-header.tsx';
import { ExamPanel } from './exam-panel.tsx';
import { roomAfter, startRoom } from './reading-room-state.ts';
import type { RoomAction, RoomState } from './reading-room-state.ts';
import { useRoomKeys } from './room-keys.ts';
import { StagePanel } from './stage-panel.tsx';
import { ViewportToolbar } from './viewport-toolbar.tsx';

function useSeries(detail: ReadingDetail): SeriesPictures {
  const { rows, columns, pixelSpacing: [rowSpacing, columnSpacing], affine, slices } = detail;
  const { readingId } = detail.row;
  return useMemo(
    () => ({ readingId, rows, columns, pixelSpacing: [rowSpacing, columnSpacing], affine, slices }),
    [readingId, rows, columns, rowSpacing, columnSpacing, affine, slices],
  );
}

function Pictures({ detail, room, act }: { readonly detail: ReadingDetail; readonly room: RoomState; readonly act: (action: RoomAction) => void }) {
  const series = useSeries(detail);
  const { slices, findings } = detail;
  const gaps = useMemo(() => gapsAbove(detail), [detail]);
  const onSlice = (sliceIndex: number): void => { act({ kind: 'slice', sliceIndex, sliceCount: slices.length }); };
  return (
    <section className="pictures">
      <ViewportToolbar room={room} act={act} findings={findings} />
      <div className="pictures-row">
        <ImageViewport series={series} sliceIndex={room.sliceIndex} window={room.window} resets={room.resets} findings={findings}
          regionsShown={room.regionsShown} findingId={room.findingId} flash={room.flash} onSlice={onSlice}
          onWindow={(window) => { act({ kind: 'window', window }); }} onFinding={(finding) => { act({ kind: 'finding', finding }); }} />
        <SliceScrollbar slices={slices} gaps={gaps} findings={findings} findingId={room.findingId} sliceIndex={room.sliceIndex} onSlice={onSlice} />
      </div>
      <CoverageBar slices={slices} gaps={gaps} sliceIndex={room.sliceIndex} onSlice={onSlice} />
    </section>
  );
}

/** The pictures of an exam beside what was found, what was asked and what was sent. */
export function ReadingRoom({ detail }: { readonly detail: ReadingDetail }) {
  const [room, act] = useReducer(roomAfter, null, () => startRoom(detail.slices.length, detail.findings));
  useRoomKeys(detail, room, act);
  return (
    <div className="screen reading-room">
      <ExamHeader detail={detail} />
      {detail.slices.length === 0 ? <StagePanel detail={detail} /> : <Pictures detail={detail} room={room} act={act} />}
      <ExamPanel detail={detail} room={room} act={act} />
    </div>
  );
}
