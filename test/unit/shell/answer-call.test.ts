import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src-shared/domain/errors.ts';
import type { CallHandlers } from '../../../src-shared/ipc/contract.ts';
import { answerCall } from '../../../src-main/shell/answer-call.ts';

function handlers(some: Partial<CallHandlers>): CallHandlers {
  return some as CallHandlers;
}

const invalid = { ok: false, error: { code: 'request-invalid', retryable: false } };

describe('answerCall', () => {
  it('hands the parsed request to the handler and its value back', async () => {
    const seen: unknown[] = [];
    const set = handlers({ setHighPriority: (request) => { seen.push(request); return Promise.resolve(); } });
    expect(await answerCall(set, 'setHighPriority', [{ readingId: 'r1', highPriority: true }])).toEqual({ ok: true, value: undefined });
    expect(seen).toEqual([{ readingId: 'r1', highPriority: true }]);
  });

  it.each<[string, readonly unknown[]]>([
    ['no request', []],
    ['null', [null]],
    ['a string', ['r1']],
    ['an array', [['r1']]],
    ['a wrong type', [{ readingId: 1 }]],
    ['an empty id', [{ readingId: '' }]],
    ['an id too long', [{ readingId: 'a'.repeat(65) }]],
    ['one field too many', [{ readingId: 'r1', path: '/etc/passwd' }]],
    ['an own __proto__', [JSON.parse('{"readingId":"r1","__proto__":{"admin":true}}')]],
    ['two arguments', [{ readingId: 'r1' }, { readingId: 'r2' }]],
    ['a map', [new Map([['readingId', 'r1']])]],
    ['a big integer', [{ readingId: 1n }]],
    ['a cycle', [cyclic()]],
    ['a huge request', [{ readingId: 'a'.repeat(100_000) }]],
  ])('refuses %s without running the handler', async (_name, args) => {
    const open = handlers({ openReading: () => { throw new Error('must not run'); } });
    const answer = await answerCall(open, 'openReading', args);
    expect(answer).toMatchObject(invalid);
    expect(JSON.stringify(answer)).not.toContain('aaaa');
  });

  it('refuses a request for a call that takes none', async () => {
    const list = handlers({ listQueue: () => { throw new Error('must not run'); } });
    expect(await answerCall(list, 'listQueue', [{}])).toMatchObject(invalid);
    expect(await answerCall(list, 'listQueue', [null])).toMatchObject(invalid);
  });

  it('refuses a relay key above its length but takes the longest one', async () => {
    const set = handlers({ setRelayKey: () => Promise.resolve({ state: 'stored', lastFour: 'kkkk', keychain: 'ok' }) });
    expect(await answerCall(set, 'setRelayKey', [{ key: 'k'.repeat(2048), sessionOnly: false }])).toMatchObject({ ok: true });
    expect(await answerCall(set, 'setRelayKey', [{ key: 'k'.repeat(2049), sessionOnly: false }])).toMatchObject(invalid);
  });

  it('carries the code, message and retryability of an AppError', async () => {
    const check = handlers({ checkRelay: () => Promise.reject(new AppError('relay-unreachable', 'the relay could not be reached', { retryable: true, cause: new Error('secret') })) });
    expect(await answerCall(check, 'checkRelay', [{}])).toEqual({
      ok: false, error: { code: 'relay-unreachable', message: 'the relay could not be reached', retryable: true },
    });
  });

  it.each<[string, unknown]>([
    ['an error', new Error('ENOENT: /home/clinic/DOE^JANE')],
    ['a string', 'sk-secret'],
    ['an object that looks like one of ours', { code: 'cancelled', message: 'DOE^JANE', retryable: true }],
    ['undefined', undefined],
  ])('lets nothing of %s out', async (_name, thrown) => {
    const list = handlers({
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- libraries do reject with anything
      listQueue: () => Promise.reject(thrown),
    });
    expect(await answerCall(list, 'listQueue', [])).toEqual({
      ok: false, error: { code: 'unexpected', message: 'a fault inside LungDesk', retryable: false },
    });
  });

  it('answers also when a handler throws at once', async () => {
    const list = handlers({ listQueue: () => { throw new AppError('database-full', 'the disk is full'); } });
    expect(await answerCall(list, 'listQueue', [])).toMatchObject({ ok: false, error: { code: 'database-full' } });
  });
});

function cyclic(): unknown {
  const value: Record<string, unknown> = { readingId: 'r1' };
  value['self'] = value;
  return value;
}
