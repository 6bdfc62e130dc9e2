import { describe, expect, it } from 'vitest';
import { cutBox } from '../../../../src-main/finder/measure/local-box.ts';
import { heightOverMask } from '../../../../src-main/finder/measure/mask-wall.ts';
import { addMatter, lungPhantom, phantomMask } from '../../../helpers/nodule-phantom.ts';

describe('heightOverMask', () => {
  it.each([0, 0.35, 0.8])('gives the height over a wall at a slant within 0.5 mm, though the outline\'s cells are 2 mm: slope %f', (slope) => {
    const volume = lungPhantom({ noiseHu: 10 });
    const slant = Math.hypot(1, slope);
    const height = (x: number, y: number): number => (26 - x + slope * (y - 22)) / slant;
    addMatter(volume, (x, y) => 1 / (1 + Math.exp(height(x, y) * 4)), 30);
    const box = cutBox(volume, [32, 32, 20], 8);
    const heights = heightOverMask(box, box.values, phantomMask(volume, (x, y) => height(x, y) > 0));
    let worst = 0;
    let near = 0;
    for (let at = 0; at < heights.length; at += 1) {
      const column = box.firstColumn + (at % box.columns);
      const row = box.firstRow + (Math.floor(at / box.columns) % box.rows);
      const right = height(column * 0.7, row * 0.7);
      if (Math.abs(right) > 2) continue;
      near += 1;
      worst = Math.max(worst, Math.abs((heights[at] ?? 0) - right));
    }
    expect(near).toBeGreaterThan(500);
    expect(worst).toBeLessThan(0.8);
  });

  it('lies all on the lung\'s side in a box without wall', () => {
    const volume = lungPhantom();
    const box = cutBox(volume, [32, 32, 20], 8);
    expect(Math.min(...heightOverMask(box, box.values, phantomMask(volume, () => true)))).toBeGreaterThan(4);
  });
});
