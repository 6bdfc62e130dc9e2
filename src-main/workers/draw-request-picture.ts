import type { PlannedTile } from '../../src-shared/domain/request-plan.ts';
import { controlScene } from '../finder/simulate/control-scene.ts';
import type { ControlScene } from '../finder/simulate/control-scene.ts';
import type { KeepClear } from '../finder/simulate/control-place.ts';
import type { LungMask } from '../imaging/lungs/lung-mask.ts';
import { drawPanel } from '../imaging/pictures/draw-panel.ts';
import { encodeGreyPng } from '../imaging/pictures/encode-png.ts';
import type { Canvas } from '../imaging/pictures/glyphs.ts';
import type { PanelContent, PictureToDraw } from '../imaging/pictures/panel-content.ts';
import { panelPicture } from '../imaging/pictures/panel-picture.ts';
import { emptySheet } from '../imaging/pictures/sheet-canvas.ts';
import { sheetMeasures } from '../imaging/pictures/sheet-grid.ts';
import { drawTileStrip, scaleBarColumns } from '../imaging/pictures/tile-strip.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import { sha256Of } from '../platform/sha256.ts';

/** A request's picture with what it is drawn from. */
export interface RequestPictureToDraw {
  readonly volume: CtVolume;
  readonly mask: LungMask;
  readonly picture: PictureToDraw;
  /** Candidates, and whatever else must not be seen on controls. */
  readonly avoid: readonly KeepClear[];
}

/** What of the exam a tile lacks, controls left out. */
export interface UnseenInTile {
  readonly number: number;
  /** Slices that belong there and could not be decoded. */
  readonly undecodedSlices: readonly number[];
  /** Whether some of it shows a place that no decoded slice stands for. */
  readonly touchesGap: boolean;
}

/** A request's picture as it is sent. */
export interface DrawnRequestPicture {
  /** Grey, eight bits, nothing but the picture. */
  readonly png: Uint8Array<ArrayBuffer>;
  /** Of the PNG, hex. */
  readonly sha256: string;
  readonly columns: number;
  readonly rows: number;
  /** Numbers of controls for which the lungs had no place: their cells are background, and nobody is asked about them. */
  readonly undrawn: readonly number[];
  /** Tiles that lack something; none for most pictures. */
  readonly unseen: readonly UnseenInTile[];
}

/**
 * Draws a picture of a request exactly where it was planned, and encodes it; runs in a worker.
 *
 * Mirrored pictures have each panel turned left to right in its place; numbers and bars stay readable.
 *
 * @param request - The exam, the picture, what must not be seen on controls.
 * @throws {RangeError} for a plan that does not fit together: panels without content, of another size, or outside of the picture.
 */
export async function drawRequestPicture({ volume, mask, picture, avoid }: RequestPictureToDraw): Promise<DrawnRequestPicture> {
  const { columns, rows, tiles } = picture.planned;
  const sheet = emptySheet(columns, rows);
  const undrawn: number[] = [];
  const unseen: UnseenInTile[] = [];
  for (const [index, tile] of tiles.entries()) {
    const contents = picture.contents[index] ?? [];
    if (contents.length === 0 || contents.length !== tile.panels.length) throw new RangeError('every panel of a tile needs its content');
    const scene = sceneOf({ volume, mask, avoid }, tile, contents);
    if (scene === null) {
      undrawn.push(tile.number);
      continue;
    }
    const lacking = drawTile(sheet, tile, scene, picture);
    const isControl = contents.some(({ kind }) => kind === 'control');
    if (!isControl && (lacking.touchesGap || lacking.undecodedSlices.length > 0)) unseen.push(lacking);
  }
  const png = await encodeGreyPng(sheet.grey, columns, rows);
  return { png, sha256: sha256Of(png), columns, rows, undrawn, unseen };
}

/** What a tile's panels are drawn from; null for a control that has no place. */
function sceneOf({ volume, mask, avoid }: Omit<RequestPictureToDraw, 'picture'>, tile: PlannedTile, contents: readonly PanelContent[]): ControlScene | null {
  const controls = contents.flatMap((content) => (content.kind === 'control' ? [content] : []));
  if (controls.length === 0) return { block: volume, contents: contents.flatMap((content) => (content.kind === 'control' ? [] : [content])) };
  if (controls.length < contents.length) throw new RangeError('a tile is a control or it is none');
  return controlScene(volume, mask, controls, { side: tile.side, avoid });
}

function drawTile(sheet: Canvas, tile: PlannedTile, { block, contents }: ControlScene, { window, mirrored }: PictureToDraw): UnseenInTile {
  const undecoded = new Set<number>();
  let touchesGap = false;
  for (const [index, panel] of tile.panels.entries()) {
    const content = contents[index];
    if (content === undefined) continue;
    const shown = panelPicture(block, content);
    drawPanel(sheet, panel, shown.picture, { window, mirrored, marked: content.kind === 'crop' && content.marked });
    for (const slice of shown.undecodedSlices) undecoded.add(slice);
    touchesGap ||= shown.touchesGap;
  }
  drawStrip(sheet, tile);
  return { number: tile.number, undecodedSlices: [...undecoded].sort((a, b) => a - b), touchesGap };
}

/** Above all panels of a tile; the bar is true for the first one, as long as what the planner lays side by side is of one scale. */
function drawStrip(sheet: Canvas, { number, panels }: PlannedTile): void {
  const left = Math.min(...panels.map((panel) => panel.left));
  const top = Math.min(...panels.map((panel) => panel.top));
  const columns = Math.max(...panels.map((panel) => panel.left + panel.columns)) - left;
  const measures = sheetMeasures();
  const affine = panels[0]?.affine ?? null;
  const bar = affine === null ? null : scaleBarColumns(number, columns, Math.hypot(...affine.columnStep), measures);
  drawTileStrip(sheet, { number, left, top, columns, scaleBarColumns: bar }, measures);
}
