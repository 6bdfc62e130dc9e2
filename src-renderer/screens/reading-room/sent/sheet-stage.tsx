import './sent.css';
import type { TileView } from '../../../../src-shared/domain/views.ts';
import type { RoomAction, RoomState } from '../reading-room-state.ts';
import { SheetBar } from './sheet-bar.tsx';
import { SheetPicture } from './sheet-picture.tsx';
import type { Sheet } from './sheets.ts';

interface SheetStageProps {
  readonly sheets: readonly Sheet[];
  readonly room: RoomState;
  readonly onTile: (tile: TileView, sheetIndex: number) => void;
  readonly act: (action: RoomAction) => void;
}

/** The picture that is looked at, over the slices, as large as they are; a click on a tile goes back to them. */
export function SheetStage({ sheets, room, onTile, act }: SheetStageProps) {
  const index = Math.min(room.sheet.index, sheets.length - 1);
  const sheet = sheets[index];
  if (sheet === undefined || !room.sheet.isLarge || room.tab !== 'sent') return null;
  return (
    <div className="sheet-stage">
      <SheetBar state={room.sheet} index={index} count={sheets.length} act={act} />
      <SheetPicture sheet={sheet} number={room.sheet.number} zoom={room.sheet.zoom} onTile={(tile) => { onTile(tile, index); }} />
    </div>
  );
}
