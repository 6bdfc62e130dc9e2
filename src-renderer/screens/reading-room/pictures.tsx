import { useMemo } from 'react';
import type { CandidateView, ReadingDetail } from '../../../src-shared/domain/views.ts';
import { CandidateOverlay } from '../../viewer/candidate-overlay.tsx';
import { lengthOfCandidate, middleOfCandidate } from '../../viewer/candidate-marks.ts';
import type { CloseUp } from '../../viewer/close-up.ts';
import { CoverageBar } from '../../viewer/coverage-bar.tsx';
import { ImageViewport } from '../../viewer/image-viewport.tsx';
import type { PlaneTransform } from '../../viewer/plane-transform.ts';
import { RegionOverlay } from '../../viewer/region-overlay.tsx';
import { affineOfSlice } from '../../viewer/slice-pictures.ts';
import type { SeriesPictures } from '../../viewer/slice-pictures.ts';
import { SliceScrollbar } from '../../viewer/slice-scrollbar.tsx';
import { gapsAbove } from '../../viewer/unread-places.ts';
import { sliceOfCandidate } from './candidates/arrange-candidates.ts';
import { MeasureOverlay } from './measure/measure-overlay.tsx';
import type { Measurement } from './measure/use-measure.ts';
import type { RoomAction, RoomDialog, RoomState } from './reading-room-state.ts';
import { SheetStage } from './sent/sheet-stage.tsx';
import type { Sheet } from './sent/sheets.ts';
import { drawnFindings } from './drawn-findings.ts';
import { ViewportToolbar } from './viewport-toolbar.tsx';

interface PicturesProps {
  readonly detail: ReadingDetail;
  /** Candidates in the order in which they are listed. */
  readonly shown: readonly CandidateView[];
  readonly sheets: readonly Sheet[];
  readonly dialogs: readonly RoomDialog[];
  readonly room: RoomState;
  readonly measurement: Measurement;
  readonly act: (action: RoomAction) => void;
}

function useSeries(detail: ReadingDetail): SeriesPictures {
  const { rows, columns, pixelSpacing: [rowSpacing, columnSpacing], affine, slices } = detail;
  const { readingId } = detail.row;
  // An exam that has come further was decoded, also by a version that did not outline its lungs.
  const isDecoded = detail.lungs !== null || detail.search !== null || !['arriving', 'settled', 'preparing'].includes(detail.row.state);
  return useMemo(
    () => ({ readingId, rows, columns, pixelSpacing: [rowSpacing, columnSpacing], affine, slices, isDecoded }),
    [readingId, rows, columns, rowSpacing, columnSpacing, affine, slices, isDecoded],
  );
}

// A new object for each jump and for nothing else: the reader's own panning is left alone when data come in anew.
function useCloseUp(series: SeriesPictures, candidates: readonly CandidateView[], { rank, jumps }: RoomState): CloseUp | null {
  return useMemo(() => {
    const candidate = jumps === 0 ? undefined : candidates.find((one) => one.rank === rank);
    const slice = candidate === undefined ? undefined : series.slices[sliceOfCandidate(candidate)];
    if (candidate === undefined || slice === undefined) return null;
    return { sliceIndex: slice.index, point: middleOfCandidate(candidate, slice.index, affineOfSlice(series, slice)), lengthMm: lengthOfCandidate(candidate) };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what is jumped to was known when the jump was made
  }, [jumps]);
}

/** The pictures with everything that is drawn over and around them. */
export function Pictures({ detail, shown, sheets, dialogs, room, measurement, act }: PicturesProps) {
  const series = useSeries(detail);
  const { slices, findings } = detail;
  const drawn = useMemo(() => drawnFindings(detail), [detail]);
  const gaps = useMemo(() => gapsAbove(detail), [detail]);
  const closeUp = useCloseUp(series, detail.candidates, room);
  const onSlice = (sliceIndex: number): void => { act({ kind: 'slice', sliceIndex, sliceCount: slices.length }); };
  const slice = slices[room.sliceIndex];
  const overlay = (transform: PlaneTransform) => {
    if (slice === undefined) return null;
    const place = { transform, affine: affineOfSlice(series, slice), sliceIndex: room.sliceIndex };
    return (
      <>
        {room.regionsShown && <RegionOverlay {...place} findings={findings} drawn={drawn} findingId={room.findingId} flash={room.flash} onFinding={(finding) => { act({ kind: 'finding', finding }); }} />}
        {room.outlinesShown && <CandidateOverlay {...place} candidates={shown} rank={room.rank} onCandidate={(candidate) => { act({ kind: 'candidate', candidate }); }} />}
        {room.measuring && <MeasureOverlay {...place} measurement={measurement} />}
      </>
    );
  };
  return (
    <section className="pictures">
      <ViewportToolbar room={room} act={act} findings={findings} candidates={shown} dialogs={dialogs} />
      <div className="pictures-row">
        <ImageViewport series={series} sliceIndex={room.sliceIndex} window={room.window} resets={room.resets} closeUp={closeUp} overlay={overlay} onSlice={onSlice}
          onWindow={(window) => { act({ kind: 'window', window }); }} onPoint={room.measuring ? (point) => { measurement.measure(room.sliceIndex, point); } : null} />
        <SliceScrollbar slices={slices} gaps={gaps} findings={findings} findingId={room.findingId} candidates={shown} rank={room.rank} sliceIndex={room.sliceIndex} onSlice={onSlice} />
      </div>
      <CoverageBar plan={detail.plan} slices={slices} isDecoded={series.isDecoded} gaps={gaps} sliceIndex={room.sliceIndex} onSlice={onSlice} />
      <SheetStage sheets={sheets} room={room} act={act} onTile={(tile, sheetIndex) => { act({ kind: 'tile', place: { sheetIndex, tile }, candidates: detail.candidates }); }} />
    </section>
  );
}
