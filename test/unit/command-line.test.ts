import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src-main/command-line.ts';

describe('parseCommand', () => {
  it('reads a folder with everything that can be asked', () => {
    expect(parseCommand(['read', 'exam', '--json', '--model', 'm', '--relay', 'https://r.test/v1', '--high-priority', '--home', 'h'])).toEqual({
      name: 'read', folder: 'exam', json: true, model: 'm', relay: 'https://r.test/v1', highPriority: true, home: 'h', deviceOnly: false,
    });
    expect(parseCommand(['read', 'exam', '--device-only'])).toMatchObject({ name: 'read', deviceOnly: true, model: null, relay: null });
  });

  it('shows a month as text, JSON or CSV', () => {
    expect(parseCommand(['spend', '--month', '2026-11', '--csv'])).toEqual({ name: 'spend', month: '2026-11', format: 'csv', home: null });
    expect(parseCommand(['spend', '--json'])).toMatchObject({ format: 'json', month: null });
  });

  it('verifies the relay in use, or one by its id or address', () => {
    expect(parseCommand(['verify-relay'])).toEqual({ name: 'verify-relay', relay: null, model: null, json: false, home: null });
    expect(parseCommand(['verify-relay', '--relay', 'first', '--model', 'm', '--json', '--home', 'h'])).toEqual({ name: 'verify-relay', relay: 'first', model: 'm', json: true, home: 'h' });
  });

  it('prepares slabs of 10 mm every 5 mm as PNG unless told otherwise', () => {
    expect(parseCommand(['prepare', 'exam', '--out', 'o'])).toEqual({
      name: 'prepare', folder: 'exam', out: 'o', mode: 'slabs', format: 'png', slabMm: 10, stepMm: 5, projection: 'maximum', sheetPixels: 1092,
      withUids: false, overwrite: false, json: false,
    });
    expect(parseCommand(['prepare', 'exam', '--out', 'o', '--mode', 'sheets', '--format', 'webp', '--slab-mm', '7.5', '--projection', 'mean', '--sheet-px', '768', '--with-uids', '--overwrite', '--json'])).toMatchObject({
      mode: 'sheets', format: 'webp', slabMm: 7.5, stepMm: 3.75, projection: 'mean', sheetPixels: 768, withUids: true, overwrite: true, json: true,
    });
  });

  it.each([[[]], [['help']], [['read', '--help']]])('helps with %j', (words) => {
    expect(parseCommand(words)).toEqual({ name: 'help' });
  });

  it.each([
    [['read'], 'one folder'],
    [['read', ''], 'one folder'],
    [['read', 'a', 'b'], 'one folder'],
    [['read', 'a', '--home', ''], '--home needs a value'],
    [['read', 'a', '--csv'], 'no option --csv'],
    [['read', 'a', '--device-only', '--model', 'm'], 'asks no relay'],
    [['read', 'a', '--device-only', '--relay', 'https://r.test/v1'], 'asks no relay'],
    [['history', '--device-only'], 'no option --device-only'],
    [['spend', '--month', '2026-13'], 'YYYY-MM'],
    [['spend', '--month', '26-1'], 'YYYY-MM'],
    [['spend', '--csv', '--json'], 'one of'],
    [['doctor', 'folder'], 'no folder'],
    [['verify-relay', 'folder'], 'no folder'],
    [['verify-relay', '--csv'], 'no option --csv'],
    [['prepare', 'a'], '--out'],
    [['prepare', '--out', 'o'], 'one folder'],
    [['prepare', 'a', '--out', ''], '--out needs a value'],
    [['prepare', 'a', '--out', 'o', '--mode', 'films'], 'slabs, slices, sheets'],
    [['prepare', 'a', '--out', 'o', '--format', 'gif'], 'png, jpeg, webp'],
    [['prepare', 'a', '--out', 'o', '--projection', 'sum'], 'maximum, mean, minimum'],
    [['prepare', 'a', '--out', 'o', '--slab-mm', '0'], 'from 0.1 to 200'],
    [['prepare', 'a', '--out', 'o', '--slab-mm', '1e3'], 'from 0.1 to 200'],
    [['prepare', 'a', '--out', 'o', '--slab-mm', '4', '--step-mm', '5'], 'leave out'],
    [['prepare', 'a', '--out', 'o', '--mode', 'slices', '--slab-mm', '4'], 'for slabs and sheets'],
    [['prepare', 'a', '--out', 'o', '--sheet-px', '768'], 'for sheets'],
    [['prepare', 'a', '--out', 'o', '--home', 'h'], 'no option --home'],
    [['read', 'a', '--out', 'o'], 'no option --out'],
    [['sing'], 'no command "sing"'],
    [['read', 'a', '--colour'], '--colour'],
  ])('refuses %j and says why', (words, said) => {
    expect(() => parseCommand(words)).toThrow(expect.objectContaining({ code: 'usage-invalid', message: expect.stringContaining(said) as string }));
  });
});
