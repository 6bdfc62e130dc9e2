import { describe, expect, it } from 'vitest';
import { createLadderMemory } from '../../../src-main/relay/ladder-memory.ts';

describe('createLadderMemory', () => {
  it('starts with the model’s first rung and goes down one at a refusal, for that relay and model alone', () => {
    const ladders = createLadderMemory();
    expect(ladders.formatFor('a', 'm', 'tool')).toBe('tool');
    expect(ladders.refused('a', 'm', 'json-schema')).toBe('tool');
    expect(ladders.formatFor('a', 'm', 'json-schema')).toBe('tool');
    expect(ladders.formatFor('b', 'm', 'json-schema')).toBe('json-schema');
    expect(ladders.formatFor('a', 'n', 'json-schema')).toBe('json-schema');
  });
  it('takes one step when several requests fail on the same rung', () => {
    const ladders = createLadderMemory();
    expect(ladders.refused('a', 'm', 'json-schema')).toBe('tool');
    expect(ladders.refused('a', 'm', 'json-schema')).toBe('tool');
  });
  it('ends at the bottom', () => {
    const ladders = createLadderMemory();
    expect(ladders.refused('a', 'm', 'prompt')).toBeNull();
  });
  it('goes down after two strays in a row, and not after one', () => {
    const ladders = createLadderMemory();
    ladders.strayed('a', 'm', 'json-schema');
    ladders.kept('a', 'm', 'json-schema');
    ladders.strayed('a', 'm', 'json-schema');
    expect(ladders.formatFor('a', 'm', 'json-schema')).toBe('json-schema');
    ladders.strayed('a', 'm', 'json-schema');
    expect(ladders.formatFor('a', 'm', 'json-schema')).toBe('tool');
  });
});
