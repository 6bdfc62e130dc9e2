/**
 * Every error code of LungDesk. Each has a row in docs/errors.md: what it says, when it happens, what the person can do.
 */
export const errorCodes = [
  // intake
  'folder-missing', // The folder does not exist or cannot be opened.
  'folder-empty', // The folder holds no file.
  'folder-without-dicom', // The folder holds files, none of which is DICOM.
  'file-unreadable', // The file could not be read to its end (vanished, no permission, disk error).
  'file-not-dicom', // The file is not DICOM and was left alone.
  'file-truncated', // The file ends before its data does; it may still be arriving.
  'late-slices', // Slices arrived after the exam had been read; a new revision waits for a decision.
  'already-read', // The same exam has been read already; nothing was sent again.
  'file-skipped', // A link, an unfinished copy or an empty file lies in the exam's folder; it was not read.
  'same-uid-other-pixels', // An instance that is already known arrived with other pixels.
  // dicom, imaging
  'dicom-malformed', // The DICOM data cannot be parsed.
  'pixel-data-missing', // The instance has no pixels.
  'pixel-data-truncated', // The pixel data is shorter than its header says.
  'pixel-data-corrupt', // The compressed pixels cannot be decoded.
  'transfer-syntax-unsupported', // No decoder for this transfer syntax.
  'rescale-missing', // A CT slice without rescale slope and intercept has no Hounsfield units.
  'image-not-grey', // A colour image: photographs, screenshots and reports are not read.
  'geometry-missing', // A slice without position, orientation or spacing.
  'image-too-large', // The header announces more pixels than LungDesk accepts.
  'volume-too-large', // The series needs more memory than LungDesk may take on this machine.
  'no-series-fit', // No series in the exam is an axial chest CT that LungDesk can read.
  'series-gap', // Slices are missing between the first and the last.
  'slice-duplicate', // Two slices with the same pixels lie at the same position; the one with the lower instance number is read.
  'slice-conflict', // Two slices with different pixels lie at the same position; only the one with the lower instance number is read.
  'instance-set-aside', // An image of the series is unlike its slices (computed, other kind, size or orientation) and was not read.
  'slices-apart', // The slices lie further apart than they are thick; what lies between them is in no slice.
  'scale-uneven', // The slices of the series are stored with different scales.
  'spacing-uneven', // The slices do not lie at equal distances.
  'gantry-tilt', // The gantry was tilted: each slice is shifted against the one below; positions are right, the stack is a slanted block.
  'patients-mixed', // Images of two patients carry the number of one exam; those of one patient were read.
  'file-changed', // The file is not the one that was inspected any more; it is inspected again on the next scan.
  'imaging-busy', // More slices wait to be prepared than LungDesk queues.
  'worker-crashed', // The background worker ended while it prepared a slice.
  'lungs-not-outlined', // The device alone read an exam whose lungs it could not tell from the rest.
  'device-search-failed', // The device's own search for candidates failed.
  // platform, store
  'database-newer', // The data folder was written by a newer LungDesk.
  'database-damaged', // The database does not pass its check.
  'database-full', // The disk is full; nothing was sent.
  'data-folder-in-use', // Another LungDesk works on this data folder.
  'data-folder-unusable', // The data folder cannot be made or written to.
  'keychain-unavailable', // This machine offers no keychain.
  'keychain-locked', // The keychain is locked.
  'keychain-timeout', // The keychain did not answer in time.
  'key-malformed', // The relay key has characters a key cannot have.
  'key-missing', // No relay key is set for this relay.
  // relay
  'relay-address-refused', // The relay address is not https, or holds credentials.
  'relay-unreachable', // The relay could not be reached; nothing was sent.
  'relay-portal', // A web page answered instead of the relay (sign-in page of the network, proxy).
  'relay-redirected', // The relay redirected the request; LungDesk does not follow with the key.
  'relay-tls', // The relay's certificate was not accepted.
  'relay-proxy', // The proxy refused the connection.
  'relay-unauthorised', // The relay refused the key.
  'relay-payment', // The relay says that the balance or quota is used up.
  'relay-rate-limited', // The relay asked to slow down more often than LungDesk waits.
  'relay-refused-request', // The relay refused the request as malformed or too large.
  'relay-model-unknown', // The relay does not offer the model.
  'relay-failed', // The relay reported a fault of its own.
  'relay-paused', // Too many requests to this relay and model failed in a row; nothing is sent before a test request succeeds.
  'relay-timeout', // The relay did not answer in time; whether it was billed is unknown.
  'relay-cut-off', // The answer broke off; whether it was billed is unknown.
  'relay-answer-too-large', // The answer was larger than LungDesk accepts.
  'answer-not-json', // The answer holds no JSON that can be read.
  'answer-truncated', // The model stopped in mid-answer; it is not used.
  'answer-empty', // The answer is blank.
  'answer-invalid', // The answer does not keep to the format that was asked for.
  'answer-refused', // The model declined to answer.
  'answer-blind', // The model did not see the images.
  'control-failed', // The model saw something in a hidden control that shows nothing; none of its answers is used.
  'model-without-vision', // The chosen model cannot see images.
  'model-retired', // The chosen model is no longer offered.
  'model-denied', // The clinic's settings rule the chosen model out.
  'model-unproven', // Nobody knows whether the model sees images: the catalogue does not know it, and it has passed no diagnosis.
  // reading, ledger
  'budget-reached', // The month's budget would be exceeded.
  'data-flow-unconfirmed', // Nobody has confirmed yet that images may go to this relay.
  'outcome-unknown', // LungDesk ended while a request was on its way; whether it was billed is unknown.
  'cancelled', // A person cancelled the reading.
  'reading-not-found', // The reading does not exist (any more).
  'request-invalid', // A call from the window did not keep to the contract.
  'sender-untrusted', // A call came from a page that is not LungDesk's own window.
  'usage-invalid', // The command line could not be understood.
  'file-not-saved', // The file could not be written where the person chose to save it.
  'output-occupied', // The folder that pictures are to be written to holds prepared pictures already.
  'output-full', // The disk of the folder that pictures are written to is full.
  'launch-refused', // The program was started with switches that take its protection away; it does not open patient data.
  'unexpected', // A fault inside LungDesk.
] as const;

/** One of LungDesk's error codes. */
export type ErrorCode = (typeof errorCodes)[number];

/** An error that a person can act on: a stable code, a message free of identities, and whether trying again may help. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly retryable: boolean;

  /**
   * @param code - Stable code; docs/errors.md has a row for it.
   * @param message - What happened, in plain words; never a name, path, UID, prompt or key.
   * @param options - cause: the error underneath; retryable: whether the same call may succeed later.
   */
  constructor(code: ErrorCode, message: string, options: { readonly cause?: unknown; readonly retryable?: boolean } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** A failure that is a normal result: it travels as data, between rooms, processes and into the reading document. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly sopInstanceUid?: string;
}

/**
 * Turns anything that was thrown into a problem; what is not an AppError is 'unexpected' and its text stays out.
 *
 * @param thrown - Whatever a catch clause received; libraries throw strings, numbers and plain objects too.
 */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof AppError) return { code: thrown.code, message: thrown.message };
  return { code: 'unexpected', message: 'a fault inside LungDesk' };
}
