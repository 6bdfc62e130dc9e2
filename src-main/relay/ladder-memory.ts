import { answerFormats, formatBelow } from './answer-format.ts';
import type { AnswerFormat } from './answer-format.ts';

/** One thing that has been learnt about a relay's model: it answers on this rung, not on those above. */
export interface LadderLesson {
  /** Its id in the settings; 'practice' for the one built in. */
  readonly relay: string;
  readonly model: string;
  readonly format: AnswerFormat;
  /** Epoch, ms. */
  readonly learntAt: number;
}

/** What lasts beyond one run of the program. */
export interface LadderMemoryOptions {
  /** Lessons of earlier runs; those older than 30 days are forgotten: relays change, and the strictest rung is best. */
  readonly lessons?: readonly LadderLesson[];
  /** Epoch, ms. */
  readonly now?: () => number;
  /** Told after each new lesson, to be stored. */
  readonly onLesson?: (lesson: LadderLesson) => void;
}

/** What has been learnt about how a relay's model takes requests for JSON; one for the whole program. */
export interface LadderMemory {
  /** Rung to ask with; `first` where nothing has been learnt, or less. */
  formatFor(relay: string, model: string, first: AnswerFormat): AnswerFormat;
  /**
   * The relay refused the rung outright.
   *
   * @returns the rung to ask with now; null when there is none below.
   */
  refused(relay: string, model: string, format: AnswerFormat): AnswerFormat | null;
  /** An answer did not keep to the form; the second in a row steps down. */
  strayed(relay: string, model: string, format: AnswerFormat): void;
  /** An answer kept to the form. */
  kept(relay: string, model: string, format: AnswerFormat): void;
  /** Forgets what was learnt about a relay's model: after a diagnosis, or a change of the relay. */
  forget(relay: string, model: string): void;
  /** All that has been learnt, for storing. */
  lessons(): readonly LadderLesson[];
}

const straysToStepDown = 2;
const lessonLastsMs = 30 * 24 * 3_600_000;

/**
 * Makes a memory.
 *
 * @param options - Lessons of earlier runs, the clock, and where new ones go; without them it lasts for one run.
 */
export function createLadderMemory(options: LadderMemoryOptions = {}): LadderMemory {
  const now = options.now ?? (() => 0);
  const learnt = new Map<string, LadderLesson>();
  const strays = new Map<string, { readonly format: AnswerFormat; readonly count: number }>();
  for (const lesson of options.lessons ?? []) {
    if (now() - lesson.learntAt < lessonLastsMs) learnt.set(keyOf(lesson.relay, lesson.model), lesson);
  }
  function stepDown(relay: string, model: string, format: AnswerFormat): AnswerFormat | null {
    const key = keyOf(relay, model);
    const known = learnt.get(key)?.format;
    // Several requests may fail on the same rung at once; only the first of them takes the step.
    if (known !== undefined && isBelow(known, format)) return known;
    const below = formatBelow(format);
    if (below === null) return null;
    const lesson = { relay, model, format: below, learntAt: now() };
    learnt.set(key, lesson);
    strays.delete(key);
    options.onLesson?.(lesson);
    return below;
  }
  return {
    formatFor(relay, model, first) {
      const known = learnt.get(keyOf(relay, model))?.format;
      return known !== undefined && isBelow(known, first) ? known : first;
    },
    refused: stepDown,
    strayed(relay, model, format) {
      const key = keyOf(relay, model);
      const known = learnt.get(key)?.format;
      if (known !== undefined && isBelow(known, format)) return;
      const before = strays.get(key);
      const count = before?.format === format ? before.count + 1 : 1;
      strays.set(key, { format, count });
      if (count >= straysToStepDown) stepDown(relay, model, format);
    },
    kept(relay, model, format) {
      const key = keyOf(relay, model);
      if (strays.get(key)?.format === format) strays.delete(key);
    },
    forget(relay, model) {
      learnt.delete(keyOf(relay, model));
      strays.delete(keyOf(relay, model));
    },
    lessons: () => [...learnt.values()],
  };
}

function keyOf(relay: string, model: string): string {
  return JSON.stringify([relay, model]);
}

function isBelow(format: AnswerFormat, other: AnswerFormat): boolean {
  return answerFormats.indexOf(format) > answerFormats.indexOf(other);
}
