import { describe, expect, it, onTestFinished } from 'vitest';
import { tickDepth } from '../../../src-main/imaging/pictures/draw-panel.ts';
import type { CropContent, PanelContent, PictureToDraw, SlabContent } from '../../../src-main/imaging/pictures/panel-content.ts';
import { cropPlane, planeAffine } from '../../../src-main/imaging/pictures/plane.ts';
import { sheetMeasures } from '../../../src-main/imaging/pictures/sheet-grid.ts';
import { projectPlanned } from '../../../src-main/imaging/pictures/slab.ts';
import { planSlabs } from '../../../src-main/imaging/pictures/slab-plan.ts';
import { lungRegions } from '../../../src-main/imaging/pictures/lung-regions.ts';
import { linearWindow, lungWindow } from '../../../src-main/imaging/pictures/voi.ts';
import { lungLabels } from '../../../src-main/imaging/lungs/lung-mask.ts';
import { outlineLungs } from '../../../src-main/imaging/lungs/outline-lungs.ts';
import { sha256Of } from '../../../src-main/platform/sha256.ts';
import { createImagingPool } from '../../../src-main/workers/imaging-pool.ts';
import { drawRequestPicture } from '../../../src-main/workers/draw-request-picture.ts';
import type { PlannedPanel } from '../../../src-shared/domain/request-plan.ts';
import { decodePng } from '../../helpers/decode-png.ts';
import type { DecodedPng } from '../../helpers/decode-png.ts';
import { lungPhantom } from '../../helpers/lung-phantom.ts';

const { volume } = lungPhantom({ noiseHu: 15, lostSlices: [60] });
const mask = outlineLungs(volume);
const right = lungRegions(mask, volume).lungs[0]!;
const slabs = planSlabs(volume, { thicknessMm: 10, stepMm: 5, extent: mask.extent! }).filter(({ fromMm }) => fromMm > 120 && fromMm < 200);
const exam = { volume, mask, avoid: [] };
const { gap, strip } = sheetMeasures();

function slab(index: number, scale = 1): SlabContent {
  return { kind: 'slab', slab: slabs[index]!, mode: 'maximum', crop: right.crop, scale };
}

function crop(plane: CropContent['plane'], marked = false): CropContent {
  return { kind: 'crop', centre: [-80, 20, 150], plane, fieldMm: 50, pixels: 50, thicknessMm: 2, marked };
}

function control(role: 'blank-control' | 'nodule-control', like: SlabContent | CropContent, seed = 4): PanelContent {
  return { kind: 'control', role, like, seed, diameterMm: 10 };
}

function sizeOf(content: PanelContent): { columns: number; rows: number } {
  const shown = content.kind === 'control' ? content.like : content;
  if (shown.kind === 'crop') return { columns: shown.pixels, rows: shown.pixels };
  return { columns: Math.round(shown.crop.columns * shown.scale), rows: Math.round(shown.crop.rows * shown.scale) };
}

/** One tile a row, its panels side by side. */
function pictureOf(tiles: readonly (readonly PanelContent[])[], mirrored = false): PictureToDraw {
  let top = gap + strip;
  let width = 0;
  const planned = tiles.map((contents, index) => {
    let left = gap;
    const panels = contents.map((content): PlannedPanel => {
      const panel = { left, top, ...sizeOf(content), plane: 'axial' as const, thicknessMm: 1, affine: planeAffine(crop('axial')) };
      left += panel.columns + 4;
      return panel;
    });
    width = Math.max(width, left - 4 + gap);
    top += Math.max(...panels.map(({ rows }) => rows)) + gap + strip;
    return { number: index + 1, role: 'slab' as const, panels, sliceIndices: [], side: right.side, candidateRank: null };
  });
  return { planned: { columns: width, rows: top - strip, tiles: planned }, contents: tiles, mirrored, window: lungWindow };
}

function panelGrey({ grey, columns }: DecodedPng, panel: PlannedPanel | undefined): number[][] {
  const { left = 0, top = 0, columns: wide = 0, rows = 0 } = panel ?? {};
  return Array.from({ length: rows }, (_, row) => [...grey.subarray((top + row) * columns + left, (top + row) * columns + left + wide)]);
}

describe('drawRequestPicture', () => {
  it('draws slabs and crops pixel by pixel where they were planned', async () => {
    const picture = pictureOf([[slab(0)], [slab(3)], [crop('axial'), crop('coronal'), crop('sagittal')]]);
    const drawn = await drawRequestPicture({ ...exam, picture });
    const decoded = decodePng(drawn.png);
    expect(decoded.chunkTypes).toEqual(['IHDR', 'IDAT', 'IEND']);
    expect(drawn).toMatchObject({ columns: picture.planned.columns, rows: picture.planned.rows, sha256: sha256Of(drawn.png), undrawn: [], unseen: [] });
    expect([decoded.columns, decoded.rows]).toEqual([drawn.columns, drawn.rows]);
    for (const [index, tile] of picture.planned.tiles.entries()) {
      for (const [at, panel] of tile.panels.entries()) {
        const content = picture.contents[index]![at] as SlabContent | CropContent;
        const { pixels } = content.kind === 'crop' ? cropPlane(volume, content) : projectPlanned(volume, [content.slab], content)[0]!;
        expect(panelGrey(decoded, panel).flat()).toEqual([...linearWindow(pixels, lungWindow)]);
      }
    }
    const inPanel = (at: number): boolean => picture.planned.tiles.some(({ panels }) => panels.some(({ left, top, columns, rows }) => {
      const [column, row] = [at % drawn.columns, Math.floor(at / drawn.columns)];
      return column >= left && column < left + columns && row >= top && row < top + rows;
    }));
    const outside = [...decoded.grey.keys()].filter((at) => !inPanel(at));
    expect(new Set(outside.map((at) => decoded.grey[at]))).toEqual(new Set([40, 255]));
  });

  it('mirrors each panel in its place; numbers, bars and ticks stay', async () => {
    const tiles = [[slab(1, 1.5)], [crop('axial', true), crop('axial'), crop('coronal')]];
    const [plain, mirrored] = await Promise.all([false, true].map(async (isMirrored) => decodePng((await drawRequestPicture({ ...exam, picture: pictureOf(tiles, isMirrored) })).png)));
    const { planned: { tiles: placed } } = pictureOf(tiles);
    const rest = [plain!, mirrored!].map(({ grey }) => grey.slice());
    for (const { panels } of placed) {
      for (const [at, panel] of panels.entries()) {
        if (panels.length === 1 || at > 0) expect(panelGrey(mirrored!, panel).map((line) => line.toReversed())).toEqual(panelGrey(plain!, panel));
        for (const grey of rest) for (let row = panel.top; row < panel.top + panel.rows; row += 1) grey.fill(0, row * plain!.columns + panel.left, row * plain!.columns + panel.left + panel.columns);
      }
    }
    expect(rest[1]).toEqual(rest[0]);
    const marked = placed[1]!.panels.slice(0, 2);
    const differing = panelGrey(plain!, marked[0]).flatMap((line, row) => line.flatMap((level, column) => (level === panelGrey(plain!, marked[1])[row]?.[column] ? [] : [[column, row] as const])));
    expect(differing.length).toBeGreaterThan(0);
    for (const [column, row] of differing) expect(Math.min(column, row, 49 - column, 49 - row)).toBeLessThan(tickDepth(marked[0]!));
  });

  it('says which slices a tile lacks', async () => {
    const index = slabs.findIndex(({ undecodedSlices }) => undecodedSlices.includes(60));
    const touching: CropContent = { ...crop('coronal'), centre: [-80, 20, 60 * 3] };
    const { unseen } = await drawRequestPicture({ ...exam, picture: pictureOf([[slab(index)], [slab(0)], [touching], [control('blank-control', slab(index))]]) });
    expect(unseen).toEqual([{ number: 1, undecodedSlices: [60], touchesGap: false }, { number: 3, undecodedSlices: [], touchesGap: true }]);
  });

  it('draws controls that differ from what they are like in the lungs alone, the same on every thread', async () => {
    const pool = createImagingPool({ size: 2 });
    onTestFinished(() => pool.close());
    const picture = pictureOf([[slab(4)], [control('blank-control', slab(4))], [control('nodule-control', slab(4))]]);
    const [here, ...there] = await Promise.all([
      drawRequestPicture({ ...exam, picture }), pool.run('draw-request-picture', { ...exam, picture }), pool.run('draw-request-picture', { ...exam, picture }),
    ]);
    for (const drawn of there) expect(drawn).toEqual(here);
    expect(here.undrawn).toEqual([]);
    const decoded = decodePng(here.png);
    const [own, blank, nodule] = picture.planned.tiles.map(({ panels }) => panelGrey(decoded, panels[0]));
    const isLungAt = (row: number, column: number): boolean => slabs[4]!.sliceIndices.some((slice) => {
      const [x, y, z] = [Math.floor((right.crop.left + column) / mask.step[0]), Math.floor((right.crop.top + row) / mask.step[1]), Math.floor(slice / mask.step[2])];
      return mask.labels[(z * mask.rows + y) * mask.columns + x] !== lungLabels.outside;
    });
    let emptied = 0;
    for (const [row, line] of own!.entries()) {
      for (const [column, level] of line.entries()) {
        const [inBlank, inNodule] = [blank![row]![column]!, nodule![row]![column]!];
        if (inBlank !== level || inNodule !== level) expect(isLungAt(row, column)).toBe(true);
        if (level > 200 && inBlank < 120) emptied += 1;
      }
    }
    // Vessels are gone; a disc of 10 mm on pixels of 2 mm has come.
    expect(emptied).toBeGreaterThan(20);
    const brighter = own!.flat().filter((level, at) => nodule!.flat()[at]! > level + 60).length;
    expect(brighter).toBeGreaterThanOrEqual(10);
    expect(brighter).toBeLessThanOrEqual(35);
  });

  it('leaves the cell of a control without a place empty, and says so', async () => {
    const avoid = [{ centre: [-80, 20, 150], radiusMm: 200 }] as const;
    const picture = pictureOf([[slab(2)], [control('nodule-control', crop('axial', true)), control('nodule-control', crop('coronal'))]]);
    const { png, undrawn } = await drawRequestPicture({ ...exam, avoid, picture });
    expect(undrawn).toEqual([2]);
    const decoded = decodePng(png);
    const top = picture.planned.tiles[1]!.panels[0]!.top - strip;
    expect(new Set(decoded.grey.subarray(top * decoded.columns))).toEqual(new Set([40]));
  });

  it('refuses a plan that does not fit together', async () => {
    const whole = pictureOf([[slab(0)], [crop('axial')]]);
    const broken = [
      { ...whole, contents: whole.contents.slice(0, 1) },
      { ...whole, contents: whole.contents.toReversed() },
      { ...whole, planned: { ...whole.planned, rows: 100 } },
      pictureOf([[crop('axial'), control('blank-control', crop('coronal'))]]),
    ];
    for (const picture of broken) await expect(drawRequestPicture({ ...exam, picture })).rejects.toThrow(RangeError);
  });
});
