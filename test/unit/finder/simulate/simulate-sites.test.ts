import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../../../../src-main/finder/seeded-generator.ts';
import { chooseSite } from '../../../../src-main/finder/simulate/simulate-sites.ts';
import type { LungMask } from '../../../../src-main/imaging/lungs/lung-mask.ts';
import { addMatter, lungPhantom } from '../../../helpers/nodule-phantom.ts';

/** Lung left of x = 30 mm, wall right of it, a vessel along z. */
function exam(): { readonly volume: ReturnType<typeof lungPhantom>; readonly mask: LungMask } {
  const volume = lungPhantom({ columns: 64, noiseHu: 15 });
  addMatter(volume, (x, y) => (x > 30 || Math.hypot(x - 12, y - 22) < 1.5 ? 1 : 0), 40);
  const labels = new Uint8Array(new SharedArrayBuffer(16 * 16 * 20));
  for (let at = 0; at < labels.length; at += 1) labels[at] = at % 16 < 10 && at % 16 > 1 && Math.floor(at / 16) % 16 > 1 && Math.floor(at / 16) % 16 < 14 ? 1 : 0;
  return { volume, mask: { kind: 'lungs', reason: null, notes: [], columns: 16, rows: 16, slices: 20, step: [4, 4, 2], labels, rightMm3: 1, leftMm3: 0, extent: [0, 39] } };
}

describe('chooseSite', () => {
  const { volume, mask } = exam();
  const toVessel = ([x, y]: readonly [number, number, number]): number => Math.hypot(x - 12, y - 22) - 1.5;

  it.each([1, 2, 3, 4])('keeps an isolated nodule clear of vessel and wall, seed %i', (seed) => {
    const site = chooseSite(volume, mask, seededGenerator(seed), { attachment: 'isolated', diameterMm: 6, avoid: [] });
    expect(site).not.toBeNull();
    expect(Math.min(toVessel(site ?? [0, 0, 0]), 30 - (site?.[0] ?? 0))).toBeGreaterThan(4);
  });

  it.each([1, 2, 3, 4])('puts a juxtapleural nodule on the wall, seed %i', (seed) => {
    const site = chooseSite(volume, mask, seededGenerator(seed), { attachment: 'juxtapleural', diameterMm: 8, avoid: [] });
    expect(30 - (site?.[0] ?? 0)).toBeGreaterThan(0);
    expect(30 - (site?.[0] ?? 0)).toBeLessThan(4.8);
  });

  it.each([1, 2, 3, 4])('puts a juxtavascular nodule on the vessel, seed %i', (seed) => {
    const site = chooseSite(volume, mask, seededGenerator(seed), { attachment: 'juxtavascular', diameterMm: 8, avoid: [] });
    expect(site).not.toBeNull();
    expect(toVessel(site ?? [0, 0, 0])).toBeLessThan(5);
  });

  it('finds nothing where everything is to be avoided', () => {
    expect(chooseSite(volume, mask, seededGenerator(1), { attachment: 'isolated', diameterMm: 6, avoid: [{ centreMm: [20, 20, 20], radiusMm: 100 }] })).toBeNull();
  });
});
