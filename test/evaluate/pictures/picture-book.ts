import type { VoxelBlock } from '../../../src-main/imaging/pictures/picture.ts';
import { distanceMm } from '../truth/exam-nodules.ts';
import type { IrrelevantPlace } from '../truth/exam-nodules.ts';
import type { Mark, MatchedMarks } from '../score/match-marks.ts';
import type { SimulatedTruth } from '../simulated/run-simulation.ts';
import { drawPlace } from './draw-place.ts';
import type { ColourPicture } from './draw-place.ts';
import type { TrueNodule } from '../truth/exam-nodules.ts';

/** A picture with what is to be said of it. */
export interface BookPicture {
  readonly picture: ColourPicture;
  readonly caption: string;
}

/** Pictures of what an exam's finder got wrong. */
export interface PictureBook {
  readonly misses: readonly BookPicture[];
  readonly falsePositives: readonly BookPicture[];
}

/** Gathers pictures while the voxels are as the finder saw them. */
export interface PictureGatherer {
  /** Draws the misses and false positives of a list; the same false positive of another list is only counted. */
  add(volume: VoxelBlock, marks: readonly Mark[], matched: MatchedMarks): void;
  book(): PictureBook;
}

interface SeenPlace {
  readonly centreMm: IrrelevantPlace['centreMm'];
  readonly picture: ColourPicture;
  readonly caption: string;
  readonly rank: number;
  times: number;
}

const missColour = [255, 205, 60] as const;
const wrongColour = [255, 90, 80] as const;
/** False positives of two lists that are this near are one place, mm. */
const samePlaceMm = 4;

/**
 * Starts a book.
 *
 * @param most - Pictures of misses, and of false positives; those that come first are kept: of false positives the best ranked of the first list.
 */
export function gatherPictures(most: number): PictureGatherer {
  const misses: BookPicture[] = [];
  const wrong: SeenPlace[] = [];
  return {
    add(volume, marks, { nodules, falsePositives }) {
      for (const { nodule, hit } of nodules) {
        if (hit !== null || misses.length >= most) continue;
        const place = { centreMm: nodule.centreMm, diameterMm: nodule.diameterMm, colour: missColour, number: misses.length + 1 };
        misses.push({ picture: drawPlace(volume, place), caption: `${noduleText(nodule)}; ${nearestText(nodule, marks)}` });
      }
      for (const mark of falsePositives) {
        const same = wrong.find(({ centreMm }) => distanceMm(centreMm, mark.centreMm) <= samePlaceMm);
        if (same !== undefined) same.times += 1;
        else if (wrong.length < most) {
          const picture = drawPlace(volume, { centreMm: mark.centreMm, diameterMm: mark.diameterMm, colour: wrongColour, number: wrong.length + 1 });
          wrong.push({ centreMm: mark.centreMm, picture, rank: mark.rank, times: 1, caption: `rank ${String(mark.rank)}, ${mark.diameterMm.toFixed(1)} mm, score ${mark.score.toFixed(2)}` });
        }
      }
    },
    book: () => ({ misses, falsePositives: wrong.map(({ picture, caption, times }) => ({ picture, caption: times === 1 ? caption : `${caption}; in ${String(times)} lists` })) }),
  };
}

function noduleText(nodule: TrueNodule | SimulatedTruth): string {
  const seed = 'seed' in nodule ? `seed ${String(nodule.seed)}: ` : '';
  const margin = 'margin' in nodule ? nodule.margin : null;
  return `${seed}${[`${nodule.diameterMm.toFixed(1)} mm`, nodule.profile, nodule.attachment, margin].filter((word) => word !== null).join(', ')}`;
}

function nearestText({ centreMm }: TrueNodule, marks: readonly Mark[]): string {
  const nearest = Math.min(...marks.map((mark) => distanceMm(mark.centreMm, centreMm)));
  return Number.isFinite(nearest) ? `nearest candidate ${nearest.toFixed(1)} mm away` : 'no candidates';
}
