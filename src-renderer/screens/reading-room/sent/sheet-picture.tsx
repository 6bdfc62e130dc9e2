import { useEffect, useRef } from 'react';
import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { TileView } from '../../../../src-shared/domain/views.ts';
import type { SheetZoom } from './sheet-state.ts';
import type { Sheet } from './sheets.ts';

interface SheetPictureProps {
  readonly sheet: Sheet;
  /** Of the tile that is looked at. */
  readonly number: number | null;
  readonly zoom: SheetZoom;
  readonly onTile: (tile: TileView) => void;
}

// A press that moved further was a drag.
const clickReachPx = 4;

/** A picture exactly as it is sent: all of it, or pixel by pixel, drawn along with the mouse; a click on a tile chooses it. */
export function SheetPicture({ sheet: { request, picture: { path, columns, rows, tiles } }, number, zoom, onTile }: SheetPictureProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const pressed = useRef<readonly [x: number, y: number, left: number, top: number, isDrag: boolean] | null>(null);
  const chosen = tiles.find((tile) => tile.number === number);
  useEffect(() => {
    if (zoom === 'fit' || chosen === undefined || box.current === null) return;
    const { left, top, columns: width, rows: height } = chosen.box;
    box.current.scrollTo({ left: (left + width / 2) * zoom - box.current.clientWidth / 2, top: (top + height / 2) * zoom - box.current.clientHeight / 2 });
  }, [chosen, zoom]);
  const press = ({ button, clientX, clientY, currentTarget }: PointerEvent<HTMLDivElement>): void => {
    pressed.current = button === 0 ? [clientX, clientY, currentTarget.scrollLeft, currentTarget.scrollTop, false] : null;
  };
  const drag = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLDivElement>): void => {
    if (pressed.current === null) return;
    const [x, y, left, top, wasDrag] = pressed.current;
    const isDrag = wasDrag || Math.hypot(clientX - x, clientY - y) > clickReachPx;
    pressed.current = [x, y, left, top, isDrag];
    if (isDrag && zoom !== 'fit') currentTarget.scrollTo({ left: left + x - clientX, top: top + y - clientY });
  };
  const size = zoom === 'fit' ? { aspectRatio: `${columns} / ${rows}` } : { width: columns * zoom, height: rows * zoom };
  return (
    <div ref={box} className={zoom === 'fit' ? 'sheet-box' : 'sheet-box is-near'} tabIndex={0} role="group" aria-label={t('sent.pictureOf', { number: request.ordinal + 1 })}
      onPointerDown={press} onPointerMove={drag} onPointerUp={() => { pressed.current = pressed.current?.[4] === true ? pressed.current : null; }} onPointerLeave={() => { pressed.current = null; }}
      onClickCapture={(event) => { if (pressed.current?.[4] === true) event.stopPropagation(); pressed.current = null; }}>
      <div className="sheet" style={size}>
        <img src={path} alt={t('sent.picture')} draggable={false} />
        <svg viewBox={`0 0 ${columns} ${rows}`} aria-hidden>
          {tiles.map((tile) => {
            const { left, top, columns: width, rows: height } = tile.box;
            return <rect key={tile.number} className={tile.number === number ? 'sheet-tile is-chosen' : 'sheet-tile'} x={left - 2} y={top - 2} width={width + 4} height={height + 4} onClick={() => { onTile(tile); }} />;
          })}
        </svg>
      </div>
    </div>
  );
}
