import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minWindowSize, placeWindow, windowStateSchema } from '../../../src-main/shell/window-placement.ts';
import type { WindowState } from '../../../src-main/shell/window-placement.ts';

const screen = { x: 0, y: 24, width: 1920, height: 1056 };
const left = { x: -2560, y: 0, width: 2560, height: 1440 };

function state(x: number, y: number, width = 1440, height = 900, maximized = false): WindowState {
  return { bounds: { x, y, width, height }, maximized };
}

describe('placeWindow', () => {
  it('takes the default size, centred, on the first run', () => {
    expect(placeWindow(null, [screen])).toEqual({ width: 1440, height: 900, maximized: false });
  });

  it('comes back where it was', () => {
    expect(placeWindow(state(100, 80, 1500, 950, true), [screen])).toEqual({ width: 1500, height: 950, x: 100, y: 80, maximized: true });
    expect(placeWindow(state(-2000, 100), [screen, left])).toMatchObject({ x: -2000, y: 100 });
  });

  it.each([
    ['a display that is gone', -2000, 100],
    ['above the display', 100, -500],
    ['under the system\'s bar', 100, 23],
    ['below the display', 100, 1080],
    ['too far right to be grabbed', 1801, 100],
    ['too far left to be grabbed', -1321, 100],
  ])('is centred when it was on %s', (_name, x, y) => {
    expect(placeWindow(state(x, y), [screen])).toEqual({ width: 1440, height: 900, maximized: false });
  });

  it.each([
    ['just enough at the right', 1800, 100],
    ['just enough at the left', -1320, 100],
    ['just at the top', 100, 24],
    ['just at the bottom', 100, 1056],
  ])('stays when its title bar shows %s', (_name, x, y) => {
    expect(placeWindow(state(x, y), [screen])).toMatchObject({ x, y });
  });

  it('shrinks to the display and grows to the minimum', () => {
    expect(placeWindow(state(0, 24, 5000, 4000), [screen])).toMatchObject({ width: 1920, height: 1056 });
    expect(placeWindow(state(0, 24, 10, 10), [{ ...screen }])).toMatchObject(minWindowSize);
    expect(placeWindow(null, [{ x: 0, y: 0, width: 800, height: 600 }])).toMatchObject(minWindowSize);
  });

  it('is centred when it would be reachable only at the size it no longer has', () => {
    expect(placeWindow(state(-1801, 24, 1921, 900), [screen])).toEqual({ width: 1920, height: 900, maximized: false });
    expect(placeWindow(state(-1800, 24, 1921, 900), [screen])).toMatchObject({ x: -1800 });
  });

  it('works on a desktop without a display', () => {
    expect(placeWindow(null, [])).toEqual({ width: 1440, height: 900, maximized: false });
  });

  it('never falls below the minimum and is always reachable', () => {
    const number = fc.oneof(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: -3000, max: 3000 }));
    const size = fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 3000 }));
    fc.assert(fc.property(number, number, size, size, (x, y, width, height) => {
      const placed = placeWindow(state(x, y, width, height), [screen]);
      expect(placed.width).toBeGreaterThanOrEqual(minWindowSize.width);
      expect(placed.height).toBeGreaterThanOrEqual(minWindowSize.height);
      if (placed.x === undefined || placed.y === undefined) return;
      expect(placed.x).toBeLessThanOrEqual(screen.x + screen.width - 120);
      expect(placed.x + placed.width).toBeGreaterThanOrEqual(screen.x + 120);
      expect(placed.y).toBeGreaterThanOrEqual(screen.y);
      expect(placed.y).toBeLessThanOrEqual(screen.y + screen.height - 24);
    }), { numRuns: 2000 });
  });
});

describe('windowStateSchema', () => {
  it.each([[{}], [null], [{ ...state(0, 0), webPreferences: { sandbox: false } }], [state(Number.NaN, 0)], [state(0, 0, 1e9)], [state(0.5, 0)]])('refuses %j', (value) => {
    expect(windowStateSchema.safeParse(value).success).toBe(false);
  });
});
