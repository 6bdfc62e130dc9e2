import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeTags } from '../../../src-renderer/viewer/place-tags.ts';

const item = (x: number, y: number) => ({ box: { x, y, width: 20, height: 20 }, words: '12 device', short: '12' });

describe('placeTags', () => {
  it('puts words at the lower right', () => {
    expect(placeTags([item(100, 100)])).toEqual([{ text: '12 device', x: 127, y: 131 }]);
  });

  it('moves words that would lie on others to another corner', () => {
    const [, second] = placeTags([item(100, 100), item(102, 102)]);
    expect(second?.text).toBe('12 device');
    expect(second?.x).toBeLessThan(102);
  });

  it('leaves the short form where the words have no room, and always leaves that', () => {
    const placed = placeTags(Array.from({ length: 12 }, () => item(100, 100)));
    expect(placed.filter(({ text }) => text === '12 device').length).toBe(4);
    expect(placed.length).toBe(12);
  });

  it('never lays words over words', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 })), { maxLength: 20 }), (places) => {
      const items = places.map(([x, y]) => item(x, y));
      const words = placeTags(items).flatMap(({ x, y, text }) => (text === '12 device' ? [{ x, y }] : []));
      for (const [index, one] of words.entries()) for (const other of words.slice(index + 1)) expect(Math.abs(one.x - other.x) < 60 && Math.abs(one.y - other.y) < 14).toBe(false);
    }));
  });
});
