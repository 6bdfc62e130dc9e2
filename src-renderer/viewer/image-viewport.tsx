import './viewer.css';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { PointerEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SliceView } from '../../src-shared/domain/views.ts';
import type { CloseUp } from './close-up.ts';
import { CornerText } from './corner-text.tsx';
import type { CursorReading } from './corner-text.tsx';
import { OrientationMarks } from './orientation-marks.tsx';
import { unmapPoint } from './plane-transform.ts';
import type { PlanePoint, PlaneTransform } from './plane-transform.ts';
import { imageIdOf } from './slice-pictures.ts';
import type { SeriesPictures } from './slice-pictures.ts';
import { isShowable, isUndecoded } from './showable-slice.ts';
import { StackViewer } from './stack-viewer.ts';
import type { DisplayWindow } from './window-presets.ts';

interface ImageViewportProps {
  readonly series: SeriesPictures;
  readonly sliceIndex: number;
  readonly window: DisplayWindow;
  readonly resets: number;
  /** A place to show from near; each new object does so once. */
  readonly closeUp: CloseUp | null;
  /** What is drawn over the slice, in the viewport's own pixels. */
  readonly overlay: (transform: PlaneTransform) => ReactNode;
  readonly onSlice: (sliceIndex: number) => void;
  readonly onWindow: (window: DisplayWindow) => void;
  /** Takes clicks on the picture, in pixels of the slice; null leaves the left button to the window. */
  readonly onPoint: ((point: PlanePoint) => void) | null;
}

// A press that moved further was a drag.
const clickReachPx = 4;

function missingWords(slice: SliceView, isDecoded: boolean, lost: boolean): 'notReady' | 'notPrepared' | 'notLoaded' | null {
  if (!isShowable(slice, isDecoded)) return isUndecoded(slice) ? 'notPrepared' : 'notReady';
  return lost ? 'notLoaded' : null;
}

/** The slice in view with its overlays; the mouse changes window, pan, zoom and slice. */
export function ImageViewport(props: ImageViewportProps) {
  const { series, sliceIndex, window: shown, resets, closeUp, onPoint } = props;
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const viewer = useRef<StackViewer | null>(null);
  const pressed = useRef<PlanePoint | null>(null);
  const [transform, setTransform] = useState<PlaneTransform | null>(null);
  const [lost, setLost] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState<CursorReading | null>(null);
  const [renderedIndex, setRenderedIndex] = useState<number | null>(null);
  const onSlice = useEffectEvent((index: number) => { props.onSlice(index); });
  const onWindow = useEffectEvent((window: DisplayWindow) => { props.onWindow(window); });
  const onMissing = useEffectEvent((imageId: string) => {
    // Slices that are still being prepared are blank for a good reason and come later.
    const expected = series.slices.some((slice) => isShowable(slice, series.isDecoded) && imageIdOf(series.readingId, slice) === imageId);
    if (expected) setLost((before) => new Set([...before, imageId]));
  });
  const showSeries = useEffectEvent((stack: StackViewer) => stack.setSeries(series, sliceIndex, shown));

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const stack = new StackViewer(element, {
      onSlice: (index) => { onSlice(index); },
      onWindow: (window) => { onWindow(window); },
      onTransform: setTransform,
      onRendered: setRenderedIndex,
      onMissing: (imageId) => { onMissing(imageId); },
    });
    viewer.current = stack;
    return () => {
      viewer.current = null;
      stack.dispose();
    };
  }, []);
  useEffect(() => { if (viewer.current !== null) showSeries(viewer.current).catch(() => undefined); }, [series]);
  useEffect(() => { viewer.current?.setSlice(sliceIndex); }, [sliceIndex]);
  useEffect(() => { viewer.current?.setWindow(shown); }, [shown]);
  useEffect(() => { if (resets > 0) viewer.current?.resetView(); }, [resets]);
  useEffect(() => { if (closeUp !== null) viewer.current?.showNear(closeUp); }, [closeUp]);
  const takesPoints = onPoint !== null;
  useEffect(() => { viewer.current?.setLeftDrag(!takesPoints); }, [takesPoints]);

  const slice = series.slices[sliceIndex];
  const missing = slice === undefined ? null : missingWords(slice, series.isDecoded, lost.has(imageIdOf(series.readingId, slice)));
  const pixelAt = (event: PointerEvent<HTMLDivElement>): PlanePoint | null => {
    const box = event.currentTarget.getBoundingClientRect();
    return transform === null ? null : unmapPoint(transform, [event.clientX - box.left, event.clientY - box.top]);
  };
  const point = (event: PointerEvent<HTMLDivElement>): void => {
    const [x, y] = pixelAt(event) ?? [-1, -1];
    const [column, row] = [Math.round(x), Math.round(y)];
    const hounsfield = viewer.current?.hounsfieldAt(column, row) ?? null;
    setCursor(hounsfield === null || missing !== null ? null : { column, row, hounsfield });
  };
  const release = (event: PointerEvent<HTMLDivElement>): void => {
    const [from, at] = [pressed.current, pixelAt(event)];
    pressed.current = null;
    if (onPoint === null || from === null || at === null || Math.hypot(event.clientX - from[0], event.clientY - from[1]) > clickReachPx) return;
    if ((viewer.current?.hounsfieldAt(Math.round(at[0]), Math.round(at[1])) ?? null) !== null && missing === null) onPoint(at);
  };
  return (
    <div className={takesPoints ? 'viewport takes-points' : 'viewport'} role="img" aria-label={t('viewer.label', { number: sliceIndex + 1, count: series.slices.length })}
      data-rendered={renderedIndex ?? undefined} onPointerMove={point} onPointerLeave={() => { setCursor(null); }}
      onPointerDown={(event) => { pressed.current = event.button === 0 ? [event.clientX, event.clientY] : null; }} onPointerUp={release}>
      <div ref={host} className="viewport-host" onContextMenu={(event) => { event.preventDefault(); }} />
      {missing !== null && <div className="viewport-missing">{t(`viewer.missing.${missing}`)}</div>}
      {transform !== null && missing === null && props.overlay(transform)}
      <OrientationMarks affine={series.affine} />
      <CornerText slice={slice} sliceCount={series.slices.length} window={shown} cursor={cursor} transform={transform} columnSpacingMm={series.pixelSpacing[1]} />
    </div>
  );
}
