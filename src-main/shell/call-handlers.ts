import { stat } from 'node:fs/promises';
import type { BrowserWindow, Dialog, Shell } from 'electron';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { AppInfo } from '../../src-shared/domain/views.ts';
import type { CallHandlers } from '../../src-shared/ipc/contract.ts';
import type { Workstation } from '../workstation-port.ts';
import { saveFile } from './save-file.ts';
import type { ShellTexts } from './shell-texts.ts';

/** What the handlers act with. */
export interface CallParts {
  readonly workstation: Workstation;
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  readonly shell: Pick<Shell, 'openPath'>;
  /** The window that dialogs belong to. */
  readonly window: () => BrowserWindow;
  readonly texts: () => ShellTexts;
  readonly appInfo: AppInfo;
  readonly quit: () => void;
  readonly newId: () => string;
}

/** One handler per call: most go straight to the workstation, a few ask the system first. */
export function createCallHandlers(parts: CallParts): CallHandlers {
  const { workstation } = parts;
  return {
    appInfo: async () => Promise.resolve(parts.appInfo),
    runDoctor: async () => workstation.runDoctor(),
    quit: async () => {
      parts.quit();
      return Promise.resolve();
    },
    listQueue: async () => workstation.listQueue(),
    currentSpend: async () => workstation.currentSpend(),
    openReading: async ({ readingId }) => workstation.openReading(readingId),
    cancelReading: async ({ readingId }) => workstation.cancelReading(readingId),
    resumeReading: async ({ readingId }) => workstation.resumeReading(readingId),
    readOnDevice: async ({ readingId }) => workstation.readOnDevice(readingId),
    readThroughRelay: async ({ readingId }) => workstation.readThroughRelay(readingId),
    sizeNodule: async ({ readingId, ...place }) => workstation.sizeNodule(readingId, place),
    acceptRevision: async ({ readingId }) => workstation.acceptRevision(readingId),
    dismissRevision: async ({ readingId }) => workstation.dismissRevision(readingId),
    setHighPriority: async ({ readingId, highPriority }) => workstation.setHighPriority(readingId, highPriority),
    readSampleExam: async () => workstation.readSampleExam(),
    spendMonth: async ({ month }) => workstation.spendMonth(month),
    saveSpendCsv: async ({ month }) => saveSpendCsv(parts, month),
    getSettings: async () => workstation.settings(),
    updateSettings: async (patch) => workstation.updateSettings(patch),
    addFolder: async () => addFolder(parts),
    removeFolder: async ({ folderId }) => workstation.removeFolder(folderId),
    openFolder: async ({ folderId }) => openFolder(parts, folderId),
    setRelayKey: async ({ key, sessionOnly, relayId }) => workstation.setRelayKey(key, sessionOnly, relayId),
    deleteRelayKey: async ({ relayId }) => workstation.deleteRelayKey(relayId),
    checkRelay: async ({ relayId }) => workstation.checkRelay(relayId),
    relayHealth: async () => workstation.relayHealth(),
    offerDiagnosis: async ({ relayId, model }) => workstation.offerDiagnosis(relayId ?? null, model ?? null),
    diagnoseRelay: async ({ relayId, model }) => workstation.diagnoseRelay(relayId ?? null, model ?? null),
    cancelDiagnosis: async () => workstation.cancelDiagnosis(),
    relayDiagnoses: async () => workstation.relayDiagnoses(),
    controlRates: async () => workstation.controlRates(),
    draftReport: async ({ readingId, language, byModel }) => workstation.draftReport(readingId, language, byModel),
  };
}

async function addFolder(parts: CallParts): ReturnType<CallHandlers['addFolder']> {
  const { chooseFolder, watch } = parts.texts();
  const answer = await parts.dialog.showOpenDialog(parts.window(), {
    title: chooseFolder,
    buttonLabel: watch,
    properties: ['openDirectory', 'createDirectory'],
  });
  const path = answer.canceled ? undefined : answer.filePaths[0];
  return path === undefined ? parts.workstation.settings() : parts.workstation.addFolder(path);
}

async function openFolder(parts: CallParts, folderId: string): Promise<void> {
  const path = await parts.workstation.folderPath(folderId);
  // openPath would run a program that has been put in the folder's place.
  if (path === null || !(await isFolder(path)) || (await parts.shell.openPath(path)) !== '') {
    throw new AppError('folder-missing', 'the folder cannot be opened', { retryable: true });
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

async function saveSpendCsv(parts: CallParts, month: string | null): ReturnType<CallHandlers['saveSpendCsv']> {
  const name = month ?? (await parts.workstation.currentSpend()).month;
  const answer = await parts.dialog.showSaveDialog(parts.window(), {
    title: parts.texts().saveSpend,
    defaultPath: `lungdesk-spend-${name}.csv`,
    filters: [{ name: 'CSV', extensions: ['csv'] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  if (answer.canceled || answer.filePath === '') return null;
  const lines = await parts.workstation.spendCsv(name);
  await saveFile(answer.filePath, lines.join(''), parts.newId());
  return { rows: Math.max(0, lines.length - 1) };
}
