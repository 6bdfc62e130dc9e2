import { loadVolume } from './helpers/load-volume.ts';
import { chestCtProfile } from './helpers/chest-ct-profile.ts';
import { outlineLungs } from '../src-main/imaging/lungs/outline-lungs.ts';
import { lungRegions } from '../src-main/imaging/pictures/lung-regions.ts';
import { createImagingPool } from '../src-main/workers/imaging-pool.ts';
import { findCandidates } from '../src-main/workers/find-candidates.ts';
import { drawRequestPicture } from '../src-main/workers/draw-request-picture.ts';
import { planReading } from '../src-main/reading/plan/plan-reading.ts';
import { shippedCatalogue } from '../src-main/relay/catalogue.ts';
import { picturePlanOf, tileNumbersOf, withoutTiles } from '../src-main/relay/picture-plan.ts';
import { promptParts } from '../src-main/relay/prompt.ts';
import { pictureLabel } from '../src-main/relay/practice-relay/read-prompt.ts';
import { createStructureFinder } from '../src-main/relay/practice-relay/structure-finder.ts';
import { writeFileSync } from 'node:fs';

const [folder, modelId = 'practice-vision', modes = 'sweep-and-verify', seeds = '1', out = ''] = process.argv.slice(2);
const volume = await loadVolume(folder!);
const mask = outlineLungs(volume);
const regions = lungRegions(mask, volume);
const pool = createImagingPool({ size: 2 });
const { candidates } = await findCandidates(pool, volume, mask, { count: 40 });
await pool.close();
const toVerify = candidates.map((c) => ({ rank: c.rank, centreMm: c.centreMm, diameterMm: c.size.kind === 'nodule' ? c.size.axes.meanTenths / 10 : 12 }));
const model = shippedCatalogue().modelOrUnknown(modelId);
const alive = setInterval(() => undefined, 1000);
const finder = createStructureFinder();
const pass = modelId.endsWith('-accurate') ? 'fine' : 'standard';
for (const mode of modes.split(',')) for (const seed of seeds.split(',').map(Number)) {
  const plan = planReading({ exam: volume, regions, profile: chestCtProfile(), mode: mode as 'sweep', model, candidates: toVerify, budgetMicroUsd: null, priceFor: () => null, seed, mirrored: false, imagesPerRequest: 20 });
  for (const request of plan.requests) {
    const { planned, pictures } = request;
    const drawn = [];
    for (const picture of pictures) drawn.push(await drawRequestPicture({ volume, mask, picture, avoid: toVerify.map((c) => ({ centre: c.centreMm, radiusMm: c.diameterMm / 2 })) }));
    const plans = planned.pictures.map((p, i) => withoutTiles(picturePlanOf(p), drawn[i]!.undrawn));
    const labels = promptParts({ purpose: planned.purpose, profile: chestCtProfile(), nonce: 'x', pictures: plans }).flatMap((p) => ('text' in p && p.text.startsWith('Picture') ? [p.text] : []));
    const lines: string[] = [];
    let positive = 0; let count = 0;
    for (const [i, one] of drawn.entries()) {
      if (out !== '') writeFileSync(`${out}-${mode}-${String(seed)}-${String(plan.requests.indexOf(request))}-${String(i)}.png`, one.png);
      const answer = await finder.find({ picture: one.png, label: pictureLabel(labels[i]!)!, purpose: planned.purpose, pass });
      const numbers = tileNumbersOf([plans[i]!]);
      if (answer.tiles === null) { console.log('UNCLEAR', labels[i]); continue; }
      for (const [at, structures] of answer.tiles.entries()) {
        const tile = planned.pictures[i]!.tiles.find((t) => t.number === numbers[at])!;
        count += 1;
        if (structures.length > 0) positive += 1;
        if (tile.role.endsWith('control')) lines.push(`${tile.role} ${structures.length}`);
        else if (structures.length > 0) lines.push(tile.role === 'candidate' ? `rank${tile.candidateRank}(${toVerify.find((c) => c.rank === tile.candidateRank)!.diameterMm.toFixed(0)})` : `${tile.role}${tile.side ?? ''}${tile.sliceIndices[0]}:${structures.length}`);
      }
    }
    console.log(mode, seed, planned.purpose, labels.join(' | '), drawn.map((d) => `undrawn ${d.undrawn.join()}`).join(), `positive ${positive}/${count}`, lines.join(' '), JSON.stringify(request.forecast.inputTokens), JSON.stringify(request.forecast.outputTokens));
  }
}
await finder.close(); clearInterval(alive);
