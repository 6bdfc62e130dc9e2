/** How far readings are with a piece of work, preparing or searching; known only while they are at it, and never stored. */
export interface PreparingProgress {
  /** @param share - 0 to 1. */
  note(readingId: string, share: number): void;
  end(readingId: string): void;
  /** Null while a reading is not at it. */
  shareOf(readingId: string): number | null;
}

/** Opens the record; it is empty. */
export function createPreparingProgress(): PreparingProgress {
  const shares = new Map<string, number>();
  return {
    note: (readingId, share) => { shares.set(readingId, share); },
    end: (readingId) => { shares.delete(readingId); },
    shareOf: (readingId) => shares.get(readingId) ?? null,
  };
}
