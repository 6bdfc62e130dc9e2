import { describe, expect, it } from 'vitest';
import { closeAction } from '../../../src-main/shell/leaving.ts';

describe('closeAction', () => {
  it.each([
    ['linux', 0, false, 'quit'], ['linux', 1, false, 'ask'], ['win32', 0, false, 'quit'], ['win32', 3, false, 'ask'],
    ['darwin', 0, false, 'hide'], ['darwin', 3, false, 'hide'],
    ['linux', 1, true, 'let-close'], ['darwin', 0, true, 'let-close'],
  ] as const)('on %s with %i running (leaving: %s) is %s', (platform, running, leaving, action) => {
    expect(closeAction(platform, running, leaving)).toBe(action);
  });
});
