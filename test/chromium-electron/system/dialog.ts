import type * as Electron from 'electron';

type Members = Pick<Electron.Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox' | 'showOpenDialogSync' | 'showSaveDialogSync' | 'showMessageBoxSync' | 'showCertificateTrustDialog'>;

/** electron's dialog without any native window: each call says so on stderr and answers as if the person had cancelled. */
export function makeDialog(): { [Name in keyof Members]: (...args: never[]) => unknown } {
  return {
    showOpenDialog: () => (say('showOpenDialog'), Promise.resolve({ canceled: true, filePaths: [] })),
    showSaveDialog: () => (say('showSaveDialog'), Promise.resolve({ canceled: true, filePath: '' })),
    showMessageBox: (...args: unknown[]) => (say('showMessageBox'), Promise.resolve({ response: cancelId(args), checkboxChecked: false })),
    showOpenDialogSync: () => say('showOpenDialogSync'),
    showSaveDialogSync: () => (say('showSaveDialogSync'), ''),
    showMessageBoxSync: (...args: unknown[]) => (say('showMessageBoxSync'), cancelId(args)),
    showCertificateTrustDialog: () => (say('showCertificateTrustDialog'), Promise.resolve()),
    showErrorBox: (...args: unknown[]) => void process.stderr.write(`chromium-electron: dialog.showErrorBox: ${args.join(': ')}\n`),
  };
}

function say(name: string): void {
  process.stderr.write(`chromium-electron: dialog.${name} has no native window; answered as cancelled\n`);
}

function cancelId(args: unknown[]): number {
  const options = args[args.length - 1] as Electron.MessageBoxOptions;
  const byLabel = (options.buttons ?? []).findIndex((label) => /^(cancel|no)$/i.test(label));
  return options.cancelId ?? Math.max(byLabel, 0);
}
