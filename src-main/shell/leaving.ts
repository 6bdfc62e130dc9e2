/** What closing the window means. */
export type CloseAction = 'hide' | 'ask' | 'quit' | 'let-close';

/**
 * Decides what closing the window does: macOS keeps the program in the dock; elsewhere it ends, and asks first while exams
 * are being read.
 *
 * @param running - Readings LungDesk is working on.
 * @param leaving - True once quitting has begun.
 */
export function closeAction(platform: NodeJS.Platform, running: number, leaving: boolean): CloseAction {
  if (leaving) return 'let-close';
  if (platform === 'darwin') return 'hide';
  return running > 0 ? 'ask' : 'quit';
}

/** What a person answered to "exams are still being read". */
export type CloseAnswer = 'background' | 'stop' | 'cancel';

/** Answers by the position of their button in the dialog. */
export const closeAnswers: readonly CloseAnswer[] = ['background', 'stop', 'cancel'];
