import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { launchOptions } from '../../../src-main/shell/launch-options.ts';
import type { LaunchOptions } from '../../../src-main/shell/launch-options.ts';

const plain: LaunchOptions = { home: null, demo: null };

describe('launchOptions', () => {
  it.each<[readonly string[], LaunchOptions]>([
    [[], plain],
    [['.'], plain],
    [['.', '--home', 'data'], { ...plain, home: resolve('/work', 'data') }],
    [['.', '--home=/data'], { ...plain, home: resolve('/data') }],
    [['.', '--home', '--demo'], { ...plain, home: resolve('/work', '--demo') }],
    [['.', '--home'], plain],
    [['.', '--home='], plain],
    [['.', '--demo'], { ...plain, demo: { screenshotFolder: null } }],
    [['.', '--no-sandbox', '--remote-debugging-port=0', '--demo', '--home', '/d'], { home: resolve('/d'), demo: { screenshotFolder: null } }],
    [['.', '--demo', '--screenshots', 'shots'], { ...plain, demo: { screenshotFolder: resolve('/work', 'shots') } }],
    [['.', '--screenshots=/tmp/shots'], { ...plain, demo: { screenshotFolder: resolve('/tmp/shots') } }],
    [['.', '--screenshots'], plain],
    [['demo'], plain],
  ])('reads %j', (argv, options) => {
    expect(launchOptions(argv, '/work')).toEqual(options);
  });
});
