/** What quitting needs from the program. */
export interface QuitParts {
  /** Lets requests on their way come back, with a deadline of its own, then closes everything. */
  readonly drain: () => Promise<void>;
  /** Tells people that the program is finishing; called once. */
  readonly announce: () => void;
  /** Quits again, this time for good. */
  readonly quit: () => void;
  /** Ends with an exit code when draining failed or hangs. */
  readonly fail: (thrown: unknown) => void;
  /** Resolves when draining has taken so long that the program must end anyway. */
  readonly deadline: () => Promise<void>;
}

/**
 * Handles Electron's 'before-quit': the first one is held back until the workstation has drained, those that come
 * meanwhile are ignored, the last one goes through.
 *
 * @returns The listener, and a question whether quitting has begun.
 */
export function createQuitting(parts: QuitParts): {
  readonly onBeforeQuit: (event: { preventDefault(): void }) => void;
  readonly hasBegun: () => boolean;
} {
  let state: 'running' | 'draining' | 'drained' = 'running';

  async function drainAndQuit(): Promise<void> {
    // Draining comes first and ends first, whatever becomes of the announcement; a fault of either is told afterwards.
    const outcomes = await Promise.allSettled([
      Promise.race([parts.drain(), parts.deadline().then(rejectLate)]),
      new Promise<void>((resolve) => {
        parts.announce();
        resolve();
      }),
    ]);
    state = 'drained';
    const fault = outcomes.find((outcome) => outcome.status === 'rejected');
    if (fault === undefined) parts.quit();
    else parts.fail(fault.reason);
  }

  return {
    onBeforeQuit: (event) => {
      if (state === 'drained') return;
      event.preventDefault();
      if (state === 'draining') return;
      state = 'draining';
      void drainAndQuit();
    },
    hasBegun: () => state !== 'running',
  };
}

function rejectLate(): never {
  throw new Error('draining took too long');
}
