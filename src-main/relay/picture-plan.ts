import type { ReadingProfile } from '../../src-shared/domain/reading-profile.ts';
import type { PlannedPicture, RequestPurpose } from '../../src-shared/domain/request-plan.ts';
import type { TileAnswer } from '../../src-shared/domain/tile-answer.ts';
import type { TileBox } from './tile-request.ts';

/** A picture without its bytes: its size and where its tiles lie. A RequestPicture is one. */
export interface PicturePlan {
  readonly columns: number;
  readonly rows: number;
  readonly tiles: readonly TileBox[];
}

/** Everything that the words of a request and the reading of its answer depend on. A TileRequest is one. */
export interface AskedRequest {
  readonly purpose: RequestPurpose;
  readonly profile: ReadingProfile;
  readonly nonce: string;
  /** Every number on them is asked for. */
  readonly pictures: readonly PicturePlan[];
}

/**
 * A planned picture as the relay room sees it: each tile is the box around its panels.
 *
 * @param planned - From the planner.
 */
export function picturePlanOf(planned: PlannedPicture): PicturePlan {
  const tiles = planned.tiles.map(({ number, panels }) => {
    const left = Math.min(...panels.map((panel) => panel.left));
    const top = Math.min(...panels.map((panel) => panel.top));
    const columns = Math.max(...panels.map((panel) => panel.left + panel.columns)) - left;
    const rows = Math.max(...panels.map((panel) => panel.top + panel.rows)) - top;
    return { number, left, top, columns, rows };
  });
  return { columns: planned.columns, rows: planned.rows, tiles };
}

/**
 * A picture without some of its tiles: those that were not drawn, and that nobody is to be asked about.
 *
 * @param picture - With or without its bytes.
 * @param numbers - To leave out.
 */
export function withoutTiles<Picture extends Pick<PicturePlan, 'tiles'>>(picture: Picture, numbers: readonly number[]): Picture {
  return { ...picture, tiles: picture.tiles.filter(({ number }) => !numbers.includes(number)) };
}

/**
 * Numbers of all tiles on some pictures, ascending.
 *
 * @param pictures - Of one request: no number twice.
 */
export function tileNumbersOf(pictures: readonly Pick<PicturePlan, 'tiles'>[]): readonly number[] {
  return pictures.flatMap((picture) => picture.tiles.map((tile) => tile.number)).sort((a, b) => a - b);
}

/**
 * Pictures that a later attempt sends again: those that hold a tile without a valid answer. It asks for all numbers on them.
 *
 * @param pictures - Of the whole request.
 * @param answers - So far.
 */
export function picturesToAskAgain<Picture extends Pick<PicturePlan, 'tiles'>>(pictures: readonly Picture[], answers: ReadonlyMap<number, TileAnswer>): readonly Picture[] {
  return pictures.filter((picture) => picture.tiles.some((tile) => answers.get(tile.number)?.state !== 'valid'));
}
