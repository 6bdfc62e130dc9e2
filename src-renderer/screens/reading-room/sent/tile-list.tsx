import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TileView } from '../../../../src-shared/domain/views.ts';
import type { Sheet } from './sheets.ts';
import { isControl } from './sheets.ts';
import { useTileWords } from './use-tile-words.ts';

interface TileListProps {
  readonly sheet: Sheet;
  readonly number: number | null;
  readonly onTile: (tile: TileView) => void;
}

function Tile({ tile, sheet, chosen, onTile }: { readonly tile: TileView; readonly sheet: Sheet; readonly chosen: boolean; readonly onTile: TileListProps['onTile'] }) {
  const { t } = useTranslation();
  const words = useTileWords();
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => { if (chosen) row.current?.scrollIntoView({ block: 'nearest' }); }, [chosen]);
  const isMarked = (tile.regions?.length ?? 0) > 0;
  const tone = tile.state === 'failed' || tile.state === 'refused' ? ' is-gap' : isMarked ? ' is-marked' : '';
  return (
    <li>
      <button ref={row} type="button" className={`tile-row${tone}`} aria-current={chosen ? 'true' : undefined} onClick={() => { onTile(tile); }}>
        <span className="tile-number">{tile.number}</span>
        <span className="tile-text">
          <span className="tile-shows">{words.shows(tile)}{isControl(tile) && <span className="tile-control" title={t('sent.controlText')}>{t('sent.controlTag')}</span>}</span>
          <span className="tile-said">{words.said(tile, sheet.request)}</span>
        </span>
      </button>
    </li>
  );
}

/** The tiles of a picture: number, what each shows, and what was answered; a click goes to its slice or candidate. */
export function TileList({ sheet, number, onTile }: TileListProps) {
  const { t } = useTranslation();
  return (
    <ol className="tile-list" aria-label={t('sent.tiles')}>
      {sheet.picture.tiles.map((tile) => <Tile key={tile.number} tile={tile} sheet={sheet} chosen={tile.number === number} onTile={onTile} />)}
    </ol>
  );
}
