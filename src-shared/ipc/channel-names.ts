import type { CallName, Events } from './contract.ts';

// Objects, not arrays: the compiler refuses a missing name as well as one too many.
const callTable: { readonly [Name in CallName]: true } = {
  appInfo: true,
  runDoctor: true,
  quit: true,
  listQueue: true,
  currentSpend: true,
  openReading: true,
  cancelReading: true,
  resumeReading: true,
  acceptRevision: true,
  dismissRevision: true,
  readOnDevice: true,
  readThroughRelay: true,
  sizeNodule: true,
  setHighPriority: true,
  readSampleExam: true,
  spendMonth: true,
  saveSpendCsv: true,
  getSettings: true,
  updateSettings: true,
  addFolder: true,
  removeFolder: true,
  openFolder: true,
  setRelayKey: true,
  deleteRelayKey: true,
  checkRelay: true,
  offerDiagnosis: true,
  diagnoseRelay: true,
  cancelDiagnosis: true,
  relayDiagnoses: true,
  relayHealth: true,
  controlRates: true,
  draftReport: true,
};

const eventTable: { readonly [Name in keyof Events]: true } = {
  readingsChanged: true,
  settingsChanged: true,
  spendChanged: true,
  diagnosisStep: true,
  navigate: true,
  closing: true,
};

/** Names of the calls; apart from the contract so that the preload carries no schemas. */
export const callNames = Object.keys(callTable) as readonly CallName[];

/** Names of the events, for the preload and the main process to walk. */
export const eventNames = Object.keys(eventTable) as readonly (keyof Events)[];
