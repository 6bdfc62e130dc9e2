import { describe, expect, it } from 'vitest';
import { killReadings } from '../../helpers/kill-readings.ts';

describe('a reading killed at any moment', () => {
  it('loses no attempt, sends none twice, and comes to its end', async () => {
    const results = await killReadings(4, 20261123);
    expect(results.some((result) => result.interrupted)).toBe(true);
    for (const result of results) {
      expect({ run: result.run, requests: result.relayRequests }).toEqual({ run: result.run, requests: result.sentAttempts });
      expect(result.liveAttempts).toBe(0);
      expect(result.status).toBe('complete');
    }
  }, 180_000);
});
