import { describe, expect, it, onTestFinished } from 'vitest';
import { outlineLungs } from '../../../src-main/imaging/lungs/outline-lungs.ts';
import { lungRegions } from '../../../src-main/imaging/pictures/lung-regions.ts';
import { planReading } from '../../../src-main/reading/plan/plan-reading.ts';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { checkControls } from '../../../src-main/relay/controls.ts';
import { picturePlanOf, withoutTiles } from '../../../src-main/relay/picture-plan.ts';
import { startPracticeRelay } from '../../../src-main/relay/practice-relay/practice-relay.ts';
import { replayAnswer } from '../../../src-main/relay/replay.ts';
import type { TileRequest } from '../../../src-main/relay/tile-request.ts';
import { drawRequestPicture } from '../../../src-main/workers/draw-request-picture.ts';
import { chestCtProfile } from '../../helpers/chest-ct-profile.ts';
import { loadVolume } from '../../helpers/load-volume.ts';
import { sharedData } from '../../helpers/shared-data.ts';
import { bodyOf, post } from './post-request.ts';

const folder = sharedData('dev-ct-lidc-0001');

/** The mass of the exam as four radiologists outlined it, and a place in the other lung where nobody saw anything. */
const candidates = [{ rank: 1, centreMm: [56.4, 86.4, -115.8], diameterMm: 23 }, { rank: 2, centreMm: [-70, 60, -100], diameterMm: 8 }] as const;

describe('the practice relay on a real exam', () => {
  it.skipIf(folder === null)('sees the mass of LIDC-IDRI-0001 in both ways, passes the controls, and calls few tiles positive', async () => {
    const catalogue = shippedCatalogue();
    const profile = chestCtProfile();
    const volume = await loadVolume(folder ?? '');
    const mask = outlineLungs(volume);
    const plan = planReading({
      exam: volume, regions: lungRegions(mask, volume), profile, mode: 'sweep-and-verify', model: catalogue.modelOrUnknown('practice-vision'), candidates,
      budgetMicroUsd: null, priceFor: () => null, seed: 2, mirrored: false, imagesPerRequest: 20,
    });
    const relay = await startPracticeRelay();
    onTestFinished(() => relay.close());
    const avoid = candidates.map(({ centreMm, diameterMm }) => ({ centre: centreMm, radiusMm: diameterMm / 2 }));
    const seen = { mass: false, elsewhere: false, slabsOfMass: 0, positive: 0, tiles: 0 };
    for (const { planned, pictures } of plan.requests) {
      const drawn = await Promise.all(pictures.map((picture) => drawRequestPicture({ volume, mask, picture, avoid })));
      const sheets = planned.pictures.map((picture, index) => ({
        ...withoutTiles(picturePlanOf(picture), drawn[index]?.undrawn ?? []), bytes: drawn[index]?.png ?? new Uint8Array(), mediaType: 'image/png' as const,
      }));
      const request: TileRequest = { requestId: 'q', readingId: 'r', purpose: planned.purpose, profile, model: 'practice-vision', nonce: 'n0nce5ab', pictures: sheets };
      const { answers } = replayAnswer(request, (await post(relay, bodyOf(request, 'json-schema'))).text, catalogue);
      const tiles = planned.pictures.flatMap((picture) => picture.tiles).filter(({ number }) => answers.has(number));
      const numbersOf = (role: string) => tiles.filter((tile) => tile.role === role).map(({ number }) => number);
      expect(checkControls(answers, { blanks: numbersOf('blank-control'), nodules: numbersOf('nodule-control') })).toMatchObject({ ok: true, blanksRead: 1, nodulesRead: 1, noduleMissed: 0 });
      for (const tile of tiles) {
        const answer = answers.get(tile.number);
        if (answer?.state !== 'valid') throw new Error('a tile was not read');
        const isPositive = answer.regions.length > 0;
        if (tile.candidateRank === 1) seen.mass = isPositive;
        if (tile.candidateRank === 2) seen.elsewhere = isPositive;
        if (tile.role !== 'slab') continue;
        const { affine } = tile.panels[0] ?? {};
        if (isPositive && tile.side === 'left' && Math.abs((affine?.origin[2] ?? 0) + 115.8) < 12) seen.slabsOfMass += 1;
        seen.positive += isPositive ? 1 : 0;
        seen.tiles += 1;
      }
    }
    expect([seen.mass, seen.elsewhere]).toEqual([true, false]);
    expect(seen.slabsOfMass).toBeGreaterThanOrEqual(2);
    expect(seen.positive / seen.tiles).toBeLessThan(0.1);
  }, 120_000);
});
