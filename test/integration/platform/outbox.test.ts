import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openOutbox, readOutbox } from '../../../src-main/platform/outbox.ts';

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lungdesk-outbox-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return join(folder, 'outbox');
}

describe('readOutbox', () => {
  it('tells what an earlier run noted on the same boot of the machine', () => {
    const path = place();
    const outbox = openOutbox(path, 'boot-1');
    outbox.note('a');
    outbox.note('b');
    expect(readOutbox(path, 'boot-1')).toEqual(new Set(['a', 'b', '']));
    outbox.close();
  });

  it('tells nothing after the machine was started again, without a boot id, or without a note', () => {
    const path = place();
    expect(readOutbox(path, 'boot-1')).toBeNull();
    openOutbox(path, 'boot-1').close();
    expect(readOutbox(path, 'boot-2')).toBeNull();
    expect(readOutbox(path, null)).toBeNull();
    openOutbox(path, null).close();
    expect(readOutbox(path, 'boot-1')).toBeNull();
  });

  it('forgets an earlier run once a new one begins', () => {
    const path = place();
    const first = openOutbox(path, 'boot-1');
    first.note('a');
    first.close();
    openOutbox(path, 'boot-1').close();
    expect(readOutbox(path, 'boot-1')?.has('a')).toBe(false);
  });
});
