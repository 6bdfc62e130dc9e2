import type { RequestPurpose } from '../../../src-shared/domain/request-plan.ts';
import { seededGenerator } from '../../finder/seeded-generator.ts';
import type { PictureToDraw } from '../../imaging/pictures/panel-content.ts';
import { textTokens } from '../../relay/forecast.ts';
import { requestTextLength } from '../../relay/request-body.ts';
import { forecastPlanned } from './forecast-plan.ts';
import { controlsPerRequest, hideControls } from './hide-controls.ts';
import { layOutRequest } from './lay-out-request.ts';
import { packTiles } from './pack-tiles.ts';
import type { PackingTerms } from './pack-tiles.ts';
import type { PlanInput, RequestOfPlan } from './plan-input.ts';
import type { SizedTiles } from './sweep-tiles.ts';

/** Most tiles in a request, controls included: the longer the list of numbers, the more of them a model drops or doubles. */
const mostTiles: Readonly<Record<Exclude<RequestPurpose, 'image'>, number>> = { sweep: 64, verify: 32, slices: 20 + controlsPerRequest };

/** Different series of chance for every purpose and request. */
const seedSteps: Readonly<Record<keyof typeof mostTiles, number>> = { sweep: 0x1000, verify: 0x2000, slices: 0x3000 };

/**
 * Plans the requests of one purpose: packs the tiles, hides controls among them, lays them out and forecasts.
 *
 * @param purpose - What they ask.
 * @param sized - The tiles in the sizes they may have.
 * @param input - Model, limits, seed.
 * @returns Null where the pictures of a request, as large as the model takes them, do not hold a tile and its controls.
 */
export function planRequests(purpose: keyof typeof mostTiles, sized: SizedTiles, input: PlanInput): readonly RequestOfPlan[] | null {
  const count = sized.tiles(0).length;
  if (count === 0) return [];
  const packing = packTiles(count, sized.sizes, termsOf(purpose, input));
  if (packing === null) return null;
  const tiles = sized.tiles(packing.size);
  const style = { mirrored: input.mirrored, window: windowOf(input) };
  let next = 0;
  return packing.requests.map((packed, index) => {
    const share = packed.reduce((sum, picture) => sum + picture.tiles, 0) - controlsPerRequest;
    const own = tiles.slice(next, (next += share));
    const random = seededGenerator(Math.imul(input.seed + seedSteps[purpose] + index, 0x9e3779b1));
    const pictures = layOutRequest(hideControls(own, input.candidates, random), packed, style);
    const planned = { purpose, mirrored: input.mirrored, pictures: pictures.map((picture) => picture.planned) };
    return { planned, pictures, forecast: forecastPlanned(planned, input) };
  });
}

function termsOf(purpose: keyof typeof mostTiles, { model, imagesPerRequest, profile }: PlanInput): PackingTerms {
  const words = requestTextLength({ purpose, profile, nonce: '', pictures: [] }, model.firstFormat).all;
  return {
    model, controls: controlsPerRequest, mostTiles: mostTiles[purpose],
    images: Math.min(imagesPerRequest, model.limits.imagesPerRequest),
    requestTokens: textTokens(words),
    prefer: purpose === 'slices' ? 'finest' : 'cheapest',
  };
}

function windowOf({ profile: { window } }: PlanInput): PictureToDraw['window'] {
  if (window === 'voi') throw new RangeError('the profile is not one for volumes');
  return { windowCenter: window.center, windowWidth: window.width };
}
