import { describe, expect, it } from 'vitest';
import { billingDay, billingMonth } from '../../../src-main/ledger/billing-calendar.ts';
import { epochMs } from '../../../src-shared/domain/units.ts';

describe('billingMonth', () => {
  it.each([
    // The month ends at local midnight, to the millisecond, whatever UTC says.
    ['2026-11-30T15:59:59.999Z', 'Asia/Shanghai', '2026-11'],
    ['2026-11-30T16:00:00.000Z', 'Asia/Shanghai', '2026-12'],
    ['2026-12-01T02:59:59.999Z', 'America/Sao_Paulo', '2026-11'],
    ['2026-12-01T03:00:00.000Z', 'America/Sao_Paulo', '2026-12'],
    // Berlin leaves summer time on 25 October 2026 and enters it on 29 March.
    ['2026-10-31T22:59:59.999Z', 'Europe/Berlin', '2026-10'],
    ['2026-10-31T23:00:00.000Z', 'Europe/Berlin', '2026-11'],
    ['2026-03-31T21:59:59.999Z', 'Europe/Berlin', '2026-03'],
    ['2026-03-31T22:00:00.000Z', 'Europe/Berlin', '2026-04'],
    ['2028-02-29T23:30:00.000Z', 'UTC', '2028-02'],
  ])('books %s in %s in %s', (instant, zone, month) => {
    expect(billingMonth(epochMs(Date.parse(instant)), zone)).toBe(month);
  });
});

describe('billingDay', () => {
  it('pads month and day', () => {
    expect(billingDay(epochMs(Date.parse('2026-03-05T12:00:00Z')), 'UTC')).toBe('2026-03-05');
  });
});
