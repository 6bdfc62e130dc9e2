import type { BrowserWindow, Dialog } from 'electron';
import type { Workstation } from '../workstation-port.ts';
import { closeAction, closeAnswers } from './leaving.ts';
import type { CloseAnswer } from './leaving.ts';
import { countQueue } from './queue-count.ts';
import type { ShellTexts } from './shell-texts.ts';

/** What closing the window needs. */
export interface ClosingParts {
  readonly platform: NodeJS.Platform;
  readonly window: BrowserWindow;
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly workstation: Pick<Workstation, 'listQueue'>;
  readonly texts: () => ShellTexts;
  /** True once quitting has begun. */
  readonly leaving: () => boolean;
  readonly quit: () => void;
  /** The person wants the running readings finished with the window hidden. */
  readonly finishInBackground: () => void;
}

/** Makes closing the window mean what closeAction says; exams that are being read are never cut off without a question. */
export function watchClosing(parts: ClosingParts): void {
  const { window, platform } = parts;
  let asking = false;

  async function decide(): Promise<void> {
    // A queue that cannot be read must not keep the person from leaving.
    const rows = await parts.workstation.listQueue().catch(() => []);
    const action = closeAction(platform, countQueue(rows).running, parts.leaving());
    const answer: CloseAnswer = action === 'ask' ? await ask(parts) : 'stop';
    if (answer === 'stop') parts.quit();
    if (answer === 'background') {
      window.hide();
      parts.finishInBackground();
    }
  }

  window.on('close', (event) => {
    const action = closeAction(platform, 0, parts.leaving());
    if (action === 'let-close') return;
    event.preventDefault();
    if (action === 'hide') {
      window.hide();
      return;
    }
    if (asking) return;
    asking = true;
    void decide().finally(() => {
      asking = false;
    });
  });
}

async function ask({ dialog, window, texts }: ClosingParts): Promise<CloseAnswer> {
  const text = texts();
  const label: Readonly<Record<CloseAnswer, string>> = {
    background: text.finishInBackground, stop: text.stopAfterRequests, cancel: text.cancel,
  };
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'LungDesk',
    message: text.closingTitle,
    detail: text.closingDetail,
    buttons: closeAnswers.map((answer) => label[answer]),
    defaultId: closeAnswers.indexOf('background'),
    cancelId: closeAnswers.indexOf('cancel'),
    noLink: true,
  });
  return closeAnswers[response] ?? 'cancel';
}
