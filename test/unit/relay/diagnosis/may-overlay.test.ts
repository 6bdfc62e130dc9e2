import { describe, expect, it } from 'vitest';
import { mayOverlay, mayRead } from '../../../../src-main/relay/diagnosis/may-overlay.ts';

const passed = { state: 'passed', outOfDate: false } as const;
const doubts = { state: 'passed-with-doubts', outOfDate: false } as const;
const failed = { state: 'failed', outOfDate: false } as const;
const old = { ...passed, outOfDate: true } as const;

describe('mayOverlay and mayRead', () => {
  it.each([
    // diagnosis, known, practice, overlay, read
    [null, true, false, false, true],
    [null, false, false, false, false],
    [passed, true, false, true, true],
    [passed, false, false, true, true],
    [doubts, false, false, true, true],
    [failed, true, false, false, true],
    [failed, false, false, false, false],
    [old, true, false, true, true],
    [old, false, false, false, false],
    [null, false, true, true, true],
    [failed, true, true, true, true],
  ] as const)('%j, in the catalogue %s, practice %s: drawn %s, read %s', (diagnosis, known, practice, drawn, read) => {
    expect([mayOverlay(diagnosis, known, practice), mayRead(diagnosis, known, practice)]).toEqual([drawn, read]);
  });
});
