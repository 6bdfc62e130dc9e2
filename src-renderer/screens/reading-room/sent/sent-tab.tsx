import './sent.css';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReadingDetail, TileView } from '../../../../src-shared/domain/views.ts';
import { plainText } from '../../../components/plain-text.ts';
import { hasSeveralReaders, useRequestWords } from '../requests/request-words.ts';
import type { RoomAction, RoomState } from '../reading-room-state.ts';
import { NothingToShow } from './nothing-to-show.tsx';
import { SheetBar } from './sheet-bar.tsx';
import { SheetPicture } from './sheet-picture.tsx';
import type { Sheet } from './sheets.ts';
import { tilesOfSlice } from './sheets.ts';
import { TileList } from './tile-list.tsx';

interface SentTabProps {
  readonly detail: ReadingDetail;
  readonly sheets: readonly Sheet[];
  readonly room: RoomState;
  readonly onTile: (tile: TileView, sheetIndex: number) => void;
  readonly act: (action: RoomAction) => void;
}

function SliceInView({ detail, sheets, room, onTile }: Omit<SentTabProps, 'act'>) {
  const { t } = useTranslation();
  const slice = detail.slices[room.sliceIndex];
  if (slice === undefined) return null;
  const number = slice.index + 1;
  const places = tilesOfSlice(sheets, slice.index);
  if (places.length === 0) {
    const key = slice.tileState === 'outside-lungs' ? 'outside' : slice.tileState === 'searched' ? 'searched' : 'onNone';
    return <p className="sent-slice dimmed">{t(`sent.${key}`, { number })}</p>;
  }
  return (
    <p className="sent-slice"><span className="dimmed">{t('sent.sliceOn', { number })}</span>
      {places.map(({ sheetIndex, tile }) => (
        <button key={`${sheetIndex}-${tile.number}`} type="button" className="link" onClick={() => { onTile(tile, sheetIndex); }}>{t('sent.place', { sheet: sheetIndex + 1, tile: tile.number })}</button>
      ))}
    </p>
  );
}

function Words({ text }: { readonly text: string | null }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <section className="sent-words-section">
      <h2><button type="button" className="sent-toggle" aria-expanded={open} onClick={() => { setOpen(!open); }}><IconChevronRight size={14} className={open ? 'turn is-open' : 'turn'} aria-hidden />{t('sent.words')}</button></h2>
      {open && (text === null ? <p className="dimmed">{t('sent.noWords')}</p> : <pre className="sent-words" tabIndex={0}>{text}</pre>)}
      <p className="dimmed sent-rest">{t('sent.nothingElse')}</p>
    </section>
  );
}

/** Exactly what was or will be sent: every picture pixel by pixel with its numbered tiles and what was answered, and the words that go with it. */
export function SentTab(props: SentTabProps) {
  const { detail, sheets, room, onTile, act } = props;
  const { t } = useTranslation();
  const words = useRequestWords();
  const index = Math.min(room.sheet.index, sheets.length - 1);
  const sheet = sheets[index];
  if (sheet === undefined) return <NothingToShow detail={detail} />;
  const { request, picture, pictureIndex } = sheet;
  const wasSent = request.attempts.some(({ state }) => state !== 'reserved' && state !== 'void');
  const reader = words.reader(request, hasSeveralReaders(detail.requests));
  const parts = [request.pictures.length > 1 ? t('sent.ofRequest', { number: pictureIndex + 1, count: request.pictures.length }) : null, reader].filter((part) => part !== null);
  return (
    <div className="sent">
      <p className="tab-lead">{t(wasSent ? 'sent.lead' : 'sent.leadPlanned')}</p>
      {!room.sheet.isLarge && <SheetBar state={room.sheet} index={index} count={sheets.length} act={act} />}
      <p className="sheet-about"><strong>{words.about(request)}</strong>{parts.map((part) => <span key={part}> · {part}</span>)} · <bdi>{plainText(request.attempts.at(-1)?.modelServed ?? request.model)}</bdi></p>
      {!room.sheet.isLarge && <SheetPicture sheet={sheet} number={room.sheet.number} zoom={room.sheet.zoom} onTile={(tile) => { onTile(tile, index); }} />}
      <p className="sheet-size dimmed">{t('sent.size', { columns: picture.columns, rows: picture.rows })}</p>
      <SliceInView detail={detail} sheets={sheets} room={room} onTile={onTile} />
      <TileList sheet={sheet} number={room.sheet.number} onTile={(tile) => { onTile(tile, index); }} />
      <Words text={request.promptText} />
    </div>
  );
}
