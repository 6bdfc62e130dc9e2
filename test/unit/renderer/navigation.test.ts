import { describe, expect, it } from 'vitest';
import { hashOf, routeOf } from '../../../src-renderer/navigation.ts';
import { plainText } from '../../../src-renderer/components/plain-text.ts';
import { dailyBars, daysIn } from '../../../src-renderer/screens/spend/daily-bars.ts';
import { microUsd } from '../../../src-shared/domain/units.ts';

describe('routeOf', () => {
  it('reads what hashOf writes', () => {
    const routes = [{ screen: 'queue' }, { screen: 'spend' }, { screen: 'settings' }, { screen: 'exam', readingId: 'a/b #?%' }] as const;
    for (const route of routes) expect(routeOf(hashOf(route))).toEqual(route);
  });
  it.each(['', '#', '#/nowhere', '#/exam/', '#/exam'])('takes %j for the queue', (hash) => {
    expect(routeOf(hash)).toEqual({ screen: 'queue' });
  });
});

describe('plainText', () => {
  it('takes out controls, bidirectional marks and zero-width characters, and nothing else', () => {
    expect(plainText('a\u0000b\u001b[31m\u202ec\u2066d\u200be\ufeff')).toBe('ab[31mcde');
    expect(plainText('<b>模型 é</b>')).toBe('<b>模型 é</b>');
  });
});

describe('dailyBars', () => {
  const cost = (known: number) => ({ currency: 'USD', knownMicroUsd: microUsd(known), possibleMicroUsd: microUsd(5) }) as const;
  it('has a bar for every day and every model on it, the dearest model first', () => {
    const { days, models } = dailyBars('2028-02', [
      { day: '2028-02-01', model: 'small', cost: cost(1_000_000) }, { day: '2028-02-29', model: 'large', cost: cost(2_500_000) }, { day: '2028-02-29', model: 'small', cost: cost(250_000) },
    ]);
    expect(models).toEqual(['large', 'small']);
    expect(days).toHaveLength(29);
    expect(days[0]).toEqual({ day: '1', m0: 0, m1: 1 });
    expect(days[28]).toEqual({ day: '29', m0: 2.5, m1: 0.25 });
  });
  it.each([['2026-02', 28], ['2028-02', 29], ['2100-02', 28], ['2000-02', 29], ['2026-11', 30], ['2026-12', 31]])('knows that %s has %i days', (month, days) => {
    expect(daysIn(month)).toBe(days);
  });
});
