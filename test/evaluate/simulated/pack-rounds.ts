import { distanceMm } from '../truth/exam-nodules.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';

/** Free lung between two nodules that are in an exam at once, mm: more than any candidate or measurement looks around itself. */
const apartMm = 30;

/** A ball that something lies in. */
export interface Ball {
  readonly centreMm: PatientPoint;
  readonly diameterMm: number;
}

/**
 * Parts cases into rounds: each goes into the first round that has room for it and holds nothing near it.
 *
 * @param cases - In an order that decides the rounds.
 * @param ballOf - Where a case's nodule lies.
 * @param together - Most cases a round.
 */
export function packRounds<Case>(cases: readonly Case[], ballOf: (one: Case) => Ball, together: number): readonly (readonly Case[])[] {
  const rounds: Case[][] = [];
  for (const one of cases) {
    const ball = ballOf(one);
    const round = rounds.find((others) => others.length < together && others.every((other) => isApart(ball, ballOf(other))));
    if (round === undefined) rounds.push([one]);
    else round.push(one);
  }
  return rounds;
}

function isApart(a: Ball, b: Ball): boolean {
  return distanceMm(a.centreMm, b.centreMm) >= a.diameterMm / 2 + b.diameterMm / 2 + apartMm;
}
