import type { TileAnswer } from '../../src-shared/domain/tile-answer.ts';

/** Numbers of a request's hidden controls. */
export interface ControlTiles {
  /** Normal lung: nothing is to be seen. */
  readonly blanks: readonly number[];
  /** A drawn nodule: something is to be seen. */
  readonly nodules: readonly number[];
}

/** How a request's controls came out; the counts feed a model's hit and false-positive rates. */
export interface ControlCheck {
  /** False: the request fails as 'control-failed', whatever it said about the other tiles. */
  readonly ok: boolean;
  /** Controls with a valid answer. */
  readonly blanksRead: number;
  readonly nodulesRead: number;
  readonly blankCalledPositive: number;
  readonly noduleMissed: number;
}

/**
 * Holds a request's answers against its controls. Pure.
 *
 * A blank with a region fails the request: whoever sees something in nothing may have invented the rest. A missed nodule
 * is counted and no failure: small ones are missed by everybody. A control without a valid answer says nothing.
 *
 * @param answers - Of the request.
 * @param controls - Their numbers.
 */
export function checkControls(answers: ReadonlyMap<number, TileAnswer>, controls: ControlTiles): ControlCheck {
  const blanks = regionCounts(answers, controls.blanks);
  const nodules = regionCounts(answers, controls.nodules);
  const blankCalledPositive = blanks.filter((count) => count > 0).length;
  return {
    ok: blankCalledPositive === 0,
    blanksRead: blanks.length,
    nodulesRead: nodules.length,
    blankCalledPositive,
    noduleMissed: nodules.filter((count) => count === 0).length,
  };
}

function regionCounts(answers: ReadonlyMap<number, TileAnswer>, numbers: readonly number[]): readonly number[] {
  return numbers.flatMap((number) => {
    const answer = answers.get(number);
    return answer?.state === 'valid' ? [answer.regions.length] : [];
  });
}
