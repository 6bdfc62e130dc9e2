import './viewer.css';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../src-shared/domain/finding.ts';
import type { SliceView } from '../../src-shared/domain/views.ts';
import { CornerText } from './corner-text.tsx';
import type { CursorReading } from './corner-text.tsx';
import { OrientationMarks } from './orientation-marks.tsx';
import { unmapPoint } from './plane-transform.ts';
import type { PlaneTransform } from './plane-transform.ts';
import { RegionOverlay } from './region-overlay.tsx';
import { imageIdOf, isShowable } from './slice-pictures.ts';
import type { SeriesPictures } from './slice-pictures.ts';
import { StackViewer } from './stack-viewer.ts';
import type { DisplayWindow } from './window-presets.ts';

interface ImageViewportProps {
  readonly series: SeriesPictures;
  readonly sliceIndex: number;
  readonly window: DisplayWindow;
  readonly resets: number;
  readonly findings: readonly Finding[];
  readonly regionsShown: boolean;
  readonly findingId: string | null;
  readonly flash: number;
  readonly onSlice: (sliceIndex: number) => void;
  readonly onWindow: (window: DisplayWindow) => void;
  readonly onFinding: (finding: Finding) => void;
}

function missingWords(slice: SliceView, lost: boolean): 'notReady' | 'notPrepared' | 'notLoaded' | null {
  if (!isShowable(slice)) return slice.tileState === 'failed' ? 'notPrepared' : 'notReady';
  return lost ? 'notLoaded' : null;
}

/** The slice in view with its overlays; the mouse changes window, pan, zoom and slice. */
export function ImageViewport(props: ImageViewportProps) {
  const { series, sliceIndex, window: shown, resets } = props;
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const viewer = useRef<StackViewer | null>(null);
  const [transform, setTransform] = useState<PlaneTransform | null>(null);
  const [lost, setLost] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState<CursorReading | null>(null);
  const [renderedIndex, setRenderedIndex] = useState<number | null>(null);
  const onSlice = useEffectEvent((index: number) => { props.onSlice(index); });
  const onWindow = useEffectEvent((window: DisplayWindow) => { props.onWindow(window); });
  const onMissing = useEffectEvent((imageId: string) => {
    // Slices that are still being prepared are blank for a good reason and come later.
    const expected = series.slices.some((slice) => isShowable(slice) && imageIdOf(series.readingId, slice) === imageId);
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

  const slice = series.slices[sliceIndex];
  const missing = slice === undefined ? null : missingWords(slice, lost.has(imageIdOf(series.readingId, slice)));
  const point = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = transform === null ? null : unmapPoint(transform, [event.clientX - box.left, event.clientY - box.top]);
    const [column, row] = [Math.round(at?.[0] ?? -1), Math.round(at?.[1] ?? -1)];
    const hounsfield = viewer.current?.hounsfieldAt(column, row) ?? null;
    setCursor(hounsfield === null || missing !== null ? null : { column, row, hounsfield });
  };
  return (
    <div className="viewport" role="img" aria-label={t('viewer.label', { number: sliceIndex + 1, count: series.slices.length })}
      data-rendered={renderedIndex ?? undefined} onPointerMove={point} onPointerLeave={() => { setCursor(null); }}>
      <div ref={host} className="viewport-host" onContextMenu={(event) => { event.preventDefault(); }} />
      {missing !== null && <div className="viewport-missing">{t(`viewer.missing.${missing}`)}</div>}
      {transform !== null && missing === null && props.regionsShown && (
        <RegionOverlay transform={transform} sliceIndex={sliceIndex} findings={props.findings} findingId={props.findingId} flash={props.flash} onFinding={props.onFinding} />
      )}
      <OrientationMarks affine={series.affine} />
      <CornerText slice={slice} sliceCount={series.slices.length} window={shown} cursor={cursor} transform={transform} columnSpacingMm={series.pixelSpacing[1]} />
    </div>
  );
}
