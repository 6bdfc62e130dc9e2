import { describe, expect, it } from 'vitest';
import { createLadderMemory } from '../../../src-main/relay/ladder-memory.ts';
import type { LadderLesson } from '../../../src-main/relay/ladder-memory.ts';

const day = 24 * 3_600_000;

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
    expect(ladders.refused('a', 'm', 'tool')).toBe('json-object');
  });
  it('ends at the bottom', () => {
    expect(createLadderMemory().refused('a', 'm', 'prompt')).toBeNull();
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
  it('does not count strays of a rung that it has left', () => {
    const ladders = createLadderMemory();
    ladders.refused('a', 'm', 'json-schema');
    ladders.strayed('a', 'm', 'tool');
    ladders.strayed('a', 'm', 'json-schema');
    ladders.strayed('a', 'm', 'json-schema');
    expect(ladders.formatFor('a', 'm', 'json-schema')).toBe('tool');
    ladders.strayed('a', 'm', 'tool');
    expect(ladders.formatFor('a', 'm', 'json-schema')).toBe('json-object');
  });
  it('never asks on a rung above the model’s first', () => {
    const ladders = createLadderMemory({ lessons: [{ relay: 'a', model: 'm', format: 'tool', learntAt: 0 }] });
    expect(ladders.formatFor('a', 'm', 'json-object')).toBe('json-object');
  });

  it('tells what it learns, with its time, and knows it again at the next start', () => {
    const told: LadderLesson[] = [];
    const first = createLadderMemory({ now: () => 5 * day, onLesson: (lesson) => { told.push(lesson); } });
    first.refused('a', 'm', 'json-schema');
    first.refused('a', 'm', 'tool');
    first.refused('a', 'm', 'tool');
    expect(told).toEqual([{ relay: 'a', model: 'm', format: 'tool', learntAt: 5 * day }, { relay: 'a', model: 'm', format: 'json-object', learntAt: 5 * day }]);
    expect(first.lessons()).toEqual(told.slice(1));
    const second = createLadderMemory({ now: () => 6 * day, lessons: first.lessons() });
    expect(second.formatFor('a', 'm', 'json-schema')).toBe('json-object');
  });
  it.each([[29, 'tool'], [30, 'json-schema']] as const)('after %i days asks again by %s', (days, format) => {
    const ladders = createLadderMemory({ now: () => days * day, lessons: [{ relay: 'a', model: 'm', format: 'tool', learntAt: 0 }] });
    expect(ladders.formatFor('a', 'm', 'json-schema')).toBe(format);
  });
  it('forgets a model when told to', () => {
    const ladders = createLadderMemory();
    ladders.refused('a', 'm', 'json-schema');
    ladders.refused('a', 'n', 'json-schema');
    ladders.forget('a', 'm');
    expect(ladders.formatFor('a', 'm', 'json-schema')).toBe('json-schema');
    expect(ladders.lessons().map((lesson) => lesson.model)).toEqual(['n']);
  });
});
