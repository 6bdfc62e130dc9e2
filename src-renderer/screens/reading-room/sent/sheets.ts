import type { RequestPictureView, RequestView, TileView } from '../../../../src-shared/domain/views.ts';

/** One picture of a request: a sheet of numbered tiles. */
export interface Sheet {
  readonly request: RequestView;
  readonly picture: RequestPictureView;
  /** Among the pictures of its request, from 0. */
  readonly pictureIndex: number;
}

/** A tile on its sheet. */
export interface TilePlace {
  /** Index in the list of sheets. */
  readonly sheetIndex: number;
  readonly tile: TileView;
}

/** All pictures of all requests, in the order in which they are planned. */
export function sheetsOf(requests: readonly RequestView[]): readonly Sheet[] {
  return requests.flatMap((request) => request.pictures.map((picture, pictureIndex) => ({ request, picture, pictureIndex })));
}

/** True for tiles whose true answer is known; nothing said of them is a finding. */
export function isControl({ role }: Pick<TileView, 'role'>): boolean {
  return role === 'blank-control' || role === 'nodule-control';
}

/** Where a slice shows: in the order of the sheets. */
export function tilesOfSlice(sheets: readonly Sheet[], sliceIndex: number): readonly TilePlace[] {
  return sheets.flatMap(({ picture }, sheetIndex) => picture.tiles.filter(({ sliceIndices }) => sliceIndices.includes(sliceIndex)).map((tile) => ({ sheetIndex, tile })));
}

/** Slice in the middle of those that a tile shows; null for tiles of no slice. */
export function middleOfTile({ sliceIndices }: Pick<TileView, 'sliceIndices'>): number | null {
  return sliceIndices[Math.floor((sliceIndices.length - 1) / 2)] ?? null;
}

/** Why nothing of a request counts, or a part of it does not; null where everything was read or is still on its way. */
export function failureOf({ pictures }: Pick<RequestView, 'pictures'>): TileView['reason'] {
  return pictures.flatMap(({ tiles }) => tiles).find(({ reason }) => reason !== null)?.reason ?? null;
}
