import { useTranslation } from 'react-i18next';
import type { SliceView } from '../../src-shared/domain/views.ts';
import { useFormat } from '../i18n/use-format.ts';
import type { PlaneTransform } from './plane-transform.ts';
import { rulerFor } from './ruler.ts';
import { presetOf } from './window-presets.ts';
import type { DisplayWindow } from './window-presets.ts';

/** The pixel under the cursor. */
export interface CursorReading {
  readonly column: number;
  readonly row: number;
  readonly hounsfield: number;
}

interface CornerTextProps {
  readonly slice: SliceView | undefined;
  readonly sliceCount: number;
  readonly window: DisplayWindow;
  readonly cursor: CursorReading | null;
  readonly transform: PlaneTransform | null;
  readonly columnSpacingMm: number;
}

/** Numbers in the corners of the viewport: slice and position, window, HU under the cursor, and a ruler. */
export function CornerText({ slice, sliceCount, window: shown, cursor, transform, columnSpacingMm }: CornerTextProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const preset = presetOf(shown);
  const ruler = transform === null ? null : rulerFor(Math.hypot(transform.a, transform.b) / columnSpacingMm);
  return (
    <div className="corners">
      <div className="corner corner-top-left">
        {slice !== undefined && <><strong>{t('viewer.slice', { number: slice.index + 1, count: sliceCount })}</strong><span>{format.mm(slice.positionMm)}</span></>}
      </div>
      <div className="corner corner-bottom-left">
        {ruler !== null && <span className="ruler"><span className="ruler-bar" style={{ width: ruler.lengthPx }} />{t('viewer.ruler', { mm: ruler.lengthMm })}</span>}
        <span className={cursor === null ? 'corner-cursor is-empty' : 'corner-cursor'}>{cursor === null ? ' ' : t('viewer.cursor', { hounsfield: format.count(cursor.hounsfield), column: cursor.column, row: cursor.row })}</span>
      </div>
      <div className="corner corner-bottom-right">
        <span>{preset === null ? t('viewer.window.own') : t(`viewer.window.${preset}`)}</span>
        <span>{t('viewer.windowValues', { center: format.count(shown.windowCenter), width: format.count(shown.windowWidth) })}</span>
      </div>
    </div>
  );
}
