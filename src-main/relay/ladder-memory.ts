import { formatBelow } from './answer-format.ts';
import type { AnswerFormat } from './answer-format.ts';

/** What has been learnt about how a relay's model takes requests for JSON; one for the whole program. */
export interface LadderMemory {
  /** Rung to ask with; `first` where nothing has been learnt. */
  formatFor(relayName: string, model: string, first: AnswerFormat): AnswerFormat;
  /**
   * The relay refused the rung outright.
   *
   * @returns the rung to ask with now; null when there is none below.
   */
  refused(relayName: string, model: string, format: AnswerFormat): AnswerFormat | null;
  /** An answer did not keep to the form; the second in a row steps down. */
  strayed(relayName: string, model: string, format: AnswerFormat): void;
  /** An answer kept to the form. */
  kept(relayName: string, model: string, format: AnswerFormat): void;
}

const straysToStepDown = 2;

/** Makes a memory that lasts as long as the program runs. */
export function createLadderMemory(): LadderMemory {
  const learnt = new Map<string, { format: AnswerFormat; strays: number }>();
  const keyOf = (relayName: string, model: string): string => JSON.stringify([relayName, model]);
  function stepDown(key: string, format: AnswerFormat): AnswerFormat | null {
    const known = learnt.get(key)?.format;
    // Several requests may fail on the same rung at once; only the first of them takes the step.
    if (known !== undefined && known !== format) return known;
    const below = formatBelow(format);
    if (below !== null) learnt.set(key, { format: below, strays: 0 });
    return below;
  }
  return {
    formatFor: (relayName, model, first) => learnt.get(keyOf(relayName, model))?.format ?? first,
    refused: (relayName, model, format) => stepDown(keyOf(relayName, model), format),
    strayed(relayName, model, format) {
      const key = keyOf(relayName, model);
      const entry = learnt.get(key) ?? { format, strays: 0 };
      if (entry.format !== format) return;
      entry.strays += 1;
      learnt.set(key, entry);
      if (entry.strays >= straysToStepDown) stepDown(key, format);
    },
    kept(relayName, model, format) {
      const entry = learnt.get(keyOf(relayName, model));
      if (entry?.format === format) entry.strays = 0;
    },
  };
}
