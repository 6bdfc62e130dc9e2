/** A file of truth that cannot be used; its message names a row or a mark and never a path, a UID or a person. */
export class TruthError extends Error {
  override readonly name = 'TruthError';
  /** Line of the file, from 1; null where the fault belongs to no line. */
  readonly row: number | null;

  /**
   * @param message - What is wrong, without the row.
   * @param row - Line of the file, from 1, where one is to blame.
   */
  constructor(message: string, row: number | null = null) {
    super(row === null ? message : `row ${String(row)}: ${message}`);
    this.row = row;
  }
}
