import type { PlannedPanel, PlannedTile } from '../../../src-shared/domain/request-plan.ts';
import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';
import type { PanelContent } from '../../imaging/pictures/panel-content.ts';

/** A panel before its tile has a place on a picture: `left` and `top` count from the tile's corner, the affine from the panel's. */
export interface DraftPanel extends Omit<PlannedPanel, 'affine'> {
  readonly affine: ImageAffine;
  readonly content: PanelContent;
}

/** A tile before it has a number and a place. */
export interface DraftTile extends Omit<PlannedTile, 'number' | 'panels'> {
  readonly columns: number;
  readonly rows: number;
  readonly panels: readonly DraftPanel[];
}

/** Width and height, pixels. */
export interface PixelSize {
  readonly columns: number;
  readonly rows: number;
}
