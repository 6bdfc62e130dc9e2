import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src-main/command-line.ts';

describe('parseCommand', () => {
  it('reads a folder with everything that can be asked', () => {
    expect(parseCommand(['read', 'exam', '--json', '--model', 'm', '--relay', 'https://r.test/v1', '--high-priority', '--home', 'h'])).toEqual({
      name: 'read', folder: 'exam', json: true, model: 'm', relay: 'https://r.test/v1', highPriority: true, home: 'h',
    });
  });

  it('shows a month as text, JSON or CSV', () => {
    expect(parseCommand(['spend', '--month', '2026-11', '--csv'])).toEqual({ name: 'spend', month: '2026-11', format: 'csv', home: null });
    expect(parseCommand(['spend', '--json'])).toMatchObject({ format: 'json', month: null });
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
    [['spend', '--month', '2026-13'], 'YYYY-MM'],
    [['spend', '--month', '26-1'], 'YYYY-MM'],
    [['spend', '--csv', '--json'], 'one of'],
    [['doctor', 'folder'], 'no folder'],
    [['sing'], 'no command "sing"'],
    [['read', 'a', '--colour'], '--colour'],
  ])('refuses %j and says why', (words, said) => {
    expect(() => parseCommand(words)).toThrow(expect.objectContaining({ code: 'usage-invalid', message: expect.stringContaining(said) as string }));
  });
});
