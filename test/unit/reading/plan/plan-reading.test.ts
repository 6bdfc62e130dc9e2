import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patientToPixel, pixelToPatient } from '../../../../src-shared/domain/image-affine.ts';
import type { PlannedPanel } from '../../../../src-shared/domain/request-plan.ts';
import { patientToVoxel, voxelToPatient } from '../../../../src-main/imaging/volume/ct-volume.ts';
import type { PanelContent } from '../../../../src-main/imaging/pictures/panel-content.ts';
import { sheetMeasures } from '../../../../src-main/imaging/pictures/sheet-grid.ts';
import type { RequestOfPlan } from '../../../../src-main/reading/plan/plan-input.ts';
import { planReading } from '../../../../src-main/reading/plan/plan-reading.ts';
import { sumForecasts } from '../../../../src-main/reading/plan/forecast-plan.ts';
import { mostPngBytes } from '../../../../src-main/reading/plan/sheet-choice.ts';
import { isDownsampled } from '../../../../src-main/relay/image-tokens.ts';
import { anyInput, distance, examOf, inputOf, isControl, middleOf, modelOf, regionsOf, tilesOf } from './plan-fixture.ts';

const { strip } = sheetMeasures();

/** Panels with what is drawn into them. */
function panelsOf({ pictures }: RequestOfPlan): readonly { readonly panel: PlannedPanel; readonly content: PanelContent }[] {
  return pictures.flatMap(({ planned, contents }) => planned.tiles.flatMap((tile, at) => tile.panels.map((panel, index) => ({ panel, content: contents[at]![index]! }))));
}

describe('planReading', () => {
  it('shows every decoded slice of the lungs, with all of each lung, on a tile that is no control', () => {
    fc.assert(fc.property(anyInput, (input) => {
      fc.pre(input.mode !== 'verify');
      const { exam, regions: { extent: [first, last], lungs } } = input;
      const tiles = tilesOf(planReading(input)).filter((tile) => tile.role === 'slab' || tile.role === 'slice');
      for (let index = first; index <= last; index += 1) {
        if (exam.slices[index]?.problem !== null) continue;
        for (const { side, crop } of lungs) {
          const corners = [[crop.left - 0.49, crop.top - 0.49], [crop.left + crop.columns - 0.51, crop.top + crop.rows - 0.51]] as const;
          const shown = tiles.some(({ sliceIndices, side: own, panels: [panel] }) => sliceIndices.includes(index) && (own === side || own === null)
            && corners.every(([column, row]) => {
              // A tilted gantry moves a slice against the slab's middle, at most by half the slab.
              const [x, y] = patientToPixel(panel!.affine!, voxelToPatient(exam, column, row, index));
              return x > panel!.left - 0.5 - 6 && y > panel!.top - 0.5 - 6 && x < panel!.left + panel!.columns - 0.5 + 6 && y < panel!.top + panel!.rows - 0.5 + 6;
            }));
          expect(shown).toBe(true);
        }
      }
    }), { numRuns: 60 });
  });

  it('lays tiles out inside of their picture, each with room for its number above, none over another', () => {
    fc.assert(fc.property(anyInput, (input) => {
      for (const { planned } of planReading(input).requests) {
        for (const { columns, rows, tiles } of planned.pictures) {
          const boxes = tiles.map(({ panels }) => {
            const [left, top] = [Math.min(...panels.map((panel) => panel.left)), Math.min(...panels.map((panel) => panel.top)) - strip];
            return { left, top, right: Math.max(...panels.map((panel) => panel.left + panel.columns)), bottom: Math.max(...panels.map((panel) => panel.top + panel.rows)) };
          });
          for (const [index, box] of boxes.entries()) {
            expect(box.left >= 0 && box.top >= 0 && box.right <= columns && box.bottom <= rows).toBe(true);
            for (const other of boxes.slice(index + 1)) {
              expect(box.right <= other.left || other.right <= box.left || box.bottom <= other.top || other.bottom <= box.top).toBe(true);
            }
          }
        }
      }
    }), { numRuns: 60 });
  });

  it('numbers tiles in reading order from 1, once each', () => {
    fc.assert(fc.property(anyInput, (input) => {
      for (const { planned } of planReading(input).requests) {
        const numbers = planned.pictures.flatMap(({ tiles }) => tiles.map(({ number }) => number));
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
        for (const { tiles } of planned.pictures) {
          const places = tiles.map(({ panels }) => [Math.min(...panels.map(({ top }) => top)), Math.min(...panels.map(({ left }) => left))] as const);
          expect(places).toEqual(places.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
        }
      }
    }), { numRuns: 60 });
  });

  it('tells where the middle of every panel lies in the patient, also mirrored', () => {
    fc.assert(fc.property(anyInput, (input) => {
      for (const request of planReading(input).requests) {
        for (const { panel, content } of panelsOf(request)) {
          const point = pixelToPatient(panel.affine!, ...middleOf(panel));
          const shown = content.kind === 'control' ? content.like : content;
          if (shown.kind === 'crop') {
            expect(distance(point, shown.centre)).toBeLessThan(1e-6);
            continue;
          }
          const { crop, slab: { sliceIndices } } = shown;
          const [column, row, slice] = patientToVoxel(input.exam, point);
          expect(column).toBeCloseTo(crop.left + (crop.columns - 1) / 2, 4);
          expect(row).toBeCloseTo(crop.top + (crop.rows - 1) / 2, 4);
          expect(slice).toBeGreaterThanOrEqual(sliceIndices[0]! - 1e-6);
          expect(slice).toBeLessThanOrEqual(sliceIndices.at(-1)! + 1e-6);
        }
      }
    }), { numRuns: 60 });
  });

  it('lets no provider shrink a picture and passes no limit of the model', () => {
    fc.assert(fc.property(anyInput, (input) => {
      const { model: { tokenRule, parameters, limits }, imagesPerRequest } = input;
      for (const { planned } of planReading(input).requests) {
        const count = planned.pictures.length;
        expect(count).toBeLessThanOrEqual(Math.min(imagesPerRequest, limits.imagesPerRequest));
        expect(planned.pictures.reduce((sum, picture) => sum + mostPngBytes(picture), 0)).toBeLessThanOrEqual(limits.maxRequestBytes ?? Infinity);
        for (const { columns, rows } of planned.pictures) {
          expect(isDownsampled(tokenRule, columns, rows, parameters.imageDetail)).toBe(false);
          expect(Math.max(columns, rows)).toBeLessThanOrEqual(limits.maxSidePixels ?? 2048);
          if (limits.manyImages !== null && count > limits.manyImages.above) expect(Math.max(columns, rows)).toBeLessThanOrEqual(limits.manyImages.maxSidePixels);
          expect(mostPngBytes({ columns, rows })).toBeLessThanOrEqual(limits.maxImageBytes ?? Infinity);
          if (tokenRule.family === 'qwen') expect([columns % tokenRule.side, rows % tokenRule.side]).toEqual([0, 0]);
        }
      }
    }), { numRuns: 60 });
  });

  it('makes the same plan of the same input, and its forecast is the sum of its requests', () => {
    fc.assert(fc.property(anyInput, (input) => {
      const plan = planReading(input);
      expect(planReading(input)).toEqual(plan);
      expect(plan.forecast).toEqual(sumForecasts(plan.requests.map(({ forecast }) => forecast)));
      const { inputTokens, outputTokens, costMicroUsd, tiles } = plan.forecast;
      expect(tiles).toBe(tilesOf(plan).length);
      for (const { low, expected, high } of [inputTokens, outputTokens, costMicroUsd!]) expect(low <= expected && expected <= high).toBe(true);
    }), { numRuns: 40 });
  });

  it('hides one blank and one nodule of 8 to 12 mm in every request, with no finding to be placed by them', () => {
    fc.assert(fc.property(anyInput, (input) => {
      for (const request of planReading(input).requests) {
        const tiles = request.planned.pictures.flatMap((picture) => picture.tiles);
        for (const role of ['blank-control', 'nodule-control']) expect(tiles.filter((tile) => tile.role === role)).toHaveLength(1);
        for (const tile of tiles.filter(isControl)) expect(tile).toMatchObject({ sliceIndices: [], candidateRank: null });
        for (const { content } of panelsOf(request)) {
          if (content.kind === 'control') expect(content.diameterMm >= 8 && content.diameterMm <= 12).toBe(true);
        }
      }
    }), { numRuns: 40 });
  });

  it('hides controls anywhere: over many seeds in every third of a request', () => {
    const thirds = new Set<number>();
    for (let seed = 0; seed < 60; seed += 1) {
      const [request] = planReading(inputOf({ mode: 'verify', seed })).requests;
      const tiles = request!.planned.pictures.flatMap((picture) => picture.tiles);
      for (const tile of tiles.filter(isControl)) thirds.add(Math.floor((3 * (tile.number - 1)) / tiles.length));
    }
    expect(thirds).toEqual(new Set([0, 1, 2]));
  });

  it('hides blanks where the device found nothing', () => {
    const exam = examOf();
    const candidates = [{ rank: 1, centreMm: voxelToPatient(exam, 150, 240, 30), diameterMm: 8 }];
    for (let seed = 0; seed < 30; seed += 1) {
      for (const { pictures } of planReading(inputOf({ exam, candidates, mode: 'sweep', seed })).requests) {
        for (const content of pictures.flatMap((picture) => picture.contents.flat())) {
          if (content.kind !== 'control' || content.like.kind !== 'slab') continue;
          const { crop, slab } = content.like;
          expect(crop.left < 200 && slab.sliceIndices.includes(30)).toBe(false);
        }
      }
    }
  });

  it('shows a mirrored plan as the same picture in a mirror, with the same content under other numbers', () => {
    const [plain, mirrored] = [planReading(inputOf()), planReading(inputOf({ mirrored: true }))];
    expect(mirrored.requests).toHaveLength(plain.requests.length);
    for (const [at, { pictures }] of plain.requests.entries()) {
      for (const [index, { planned, contents }] of pictures.entries()) {
        const other = mirrored.requests[at]!.pictures[index]!;
        expect([other.planned.columns, other.planned.rows]).toEqual([planned.columns, planned.rows]);
        for (const [number, tile] of planned.tiles.entries()) {
          const twinAt = other.contents.findIndex((content) => JSON.stringify(content) === JSON.stringify(contents[number]));
          const twin = other.planned.tiles[twinAt]!;
          for (const [place, panel] of tile.panels.entries()) {
            const reflected = twin.panels[place]!;
            expect(reflected.left).toBe(planned.columns - panel.left - panel.columns);
            expect(reflected.top).toBe(panel.top);
            for (const [column, row] of [[panel.left, panel.top], [panel.left + panel.columns - 1, panel.top + 3]] as const) {
              expect(distance(pixelToPatient(panel.affine!, column, row), pixelToPatient(reflected.affine!, planned.columns - 1 - column, row))).toBeLessThan(1e-6);
            }
          }
        }
      }
    }
    expect(mirrored.requests.every(({ planned, pictures }) => planned.mirrored && pictures.every((picture) => picture.mirrored))).toBe(true);
  });

  it('keeps sweep tiles in anatomical order: the right lung from feet to head, then the left', () => {
    const tiles = tilesOf(planReading(inputOf({ mode: 'sweep' }))).filter((tile) => tile.role === 'slab');
    const order = tiles.map(({ side, sliceIndices }) => [side === 'right' ? 0 : 1, sliceIndices[0] ?? -1] as const);
    expect(order).toEqual(order.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
  });

  it('draws slices as they are and a sweep with pixels of at most 1 mm, never finer than the voxels, or tells', () => {
    fc.assert(fc.property(anyInput, (input) => {
      fc.pre(input.mode === 'sweep' || input.mode === 'slices');
      const voxelMm = input.exam.spacingMm[0];
      const plan = planReading(input);
      const { notes } = plan;
      for (const { panels } of tilesOf(plan)) {
        const pixelMm = Math.hypot(...panels[0]!.affine!.columnStep);
        expect(pixelMm).toBeGreaterThanOrEqual(voxelMm - 1e-9);
        const coarser = notes.flatMap((note) => ('pixelMm' in note ? note.pixelMm + 0.01 : []));
        expect(pixelMm).toBeLessThanOrEqual(Math.max(input.mode === 'slices' ? 0 : 1, voxelMm, ...coarser) + 1e-9);
      }
    }), { numRuns: 60 });
  });

  it('plans what is left to read and nothing else', () => {
    const plan = planReading(inputOf({ mode: 'slices', sliceIndices: new Set([10, 11, 30]) }));
    expect(tilesOf(plan).flatMap(({ sliceIndices }) => sliceIndices).sort((a, b) => a - b)).toEqual([10, 11, 30]);
    const slabs = tilesOf(planReading(inputOf({ mode: 'sweep', sliceIndices: new Set([10]) }))).filter((tile) => !isControl(tile));
    expect(slabs.length).toBeGreaterThan(0);
    for (const { sliceIndices } of slabs) expect(sliceIndices).toContain(10);
    expect(planReading(inputOf({ mode: 'sweep', sliceIndices: new Set() })).requests).toEqual([]);
  });

  it('verifies each of the best candidates once, with its own rank, and lists the rest', () => {
    const plan = planReading(inputOf({ mode: 'verify' }));
    const ranks = tilesOf(plan).flatMap(({ candidateRank }) => candidateRank ?? []);
    expect(ranks.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(plan.notes).toContainEqual({ kind: 'candidates-left-out', ranks: [31, 32, 33, 34, 35, 36, 37, 38, 39, 40], because: 'most' });
    expect(plan.notes).toContainEqual({ kind: 'lungs-not-covered' });
  });

  it('shows a candidate in four panels: axial with ticks, axial without, coronal, sagittal', () => {
    const [request] = planReading(inputOf({ mode: 'verify' })).requests;
    for (const { planned, contents } of request!.pictures) {
      for (const [index, { panels }] of planned.tiles.entries()) {
        expect(panels.map(({ plane }) => plane)).toEqual(['axial', 'axial', 'coronal', 'sagittal']);
        const shown = contents[index]!.map((content) => (content.kind === 'control' ? content.like : content));
        expect(shown.map((content) => content.kind === 'crop' && content.marked)).toEqual([true, false, false, false]);
        for (const { columns, rows } of panels) expect(columns === rows && columns >= 192 && columns <= 336).toBe(true);
      }
    }
  });

  it('plans no request where there is nothing to verify, and says so', () => {
    expect(planReading(inputOf({ mode: 'verify', candidates: [] }))).toMatchObject({ requests: [], notes: [{ kind: 'nothing-to-verify' }, { kind: 'lungs-not-covered' }] });
  });

  it('tells which slices of the lungs nobody sees', () => {
    const exam = examOf({ undecoded: [0, 20, 21] });
    expect(planReading(inputOf({ exam, mode: 'sweep' })).notes).toContainEqual({ kind: 'slices-undecoded', sliceIndices: [20, 21] });
  });

  it('refuses a profile that is not for volumes', () => {
    const { profile } = inputOf();
    expect(() => planReading(inputOf({ profile: { ...profile, window: 'voi' } }))).toThrow(RangeError);
  });

  it('refuses a model whose pictures hold not even one tile', () => {
    const model = modelOf('gpt-6-luna');
    expect(() => planReading(inputOf({ model: { ...model, limits: { ...model.limits, maxSidePixels: 100 } } }))).toThrow(RangeError);
  });

  it('draws coarser pictures where a request may hold but one small one, and tells', () => {
    const exam = examOf({ pixelMm: 0.98 });
    const crop = { left: 0, top: 0, columns: 512, rows: 512 };
    const small = { exam, regions: { ...regionsOf(exam), crop, lungs: [{ side: null, crop }] }, model: modelOf('nobody-knows-this-one'), imagesPerRequest: 1 };
    const coarserMm = (mode: 'sweep' | 'slices') => planReading(inputOf({ ...small, mode })).notes.flatMap((note) => ('pixelMm' in note && note.kind === `${mode}-coarser` ? note.pixelMm : []));
    for (const mode of ['sweep', 'slices'] as const) {
      const [pixelMm, ...others] = coarserMm(mode);
      expect(others).toEqual([]);
      expect(pixelMm).toBeGreaterThan(1);
      expect(pixelMm).toBeLessThanOrEqual(1.26);
    }
    expect(planReading(inputOf({ ...small, mode: 'slices', imagesPerRequest: 20 })).notes).toEqual([]);
  });

  it('covers a whole picture where the lungs are not told apart', () => {
    const exam = examOf();
    const crop = { left: 0, top: 0, columns: 512, rows: 512 };
    const tiles = tilesOf(planReading(inputOf({ exam, mode: 'sweep', regions: { ...regionsOf(exam), crop, lungs: [{ side: null, crop }] } })));
    expect(new Set(tiles.map(({ side }) => side))).toEqual(new Set([null]));
  });
});
