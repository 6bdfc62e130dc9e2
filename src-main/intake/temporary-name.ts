const temporaryEndings = ['.part', '.partial', '.tmp', '.temp', '.filepart', '.crdownload', '.download', '.opdownload', '.aria2'];
const systemNames = new Set(['desktop.ini', 'thumbs.db', '__macosx', '$recycle.bin', 'system volume information', 'lost+found', 'dicomdir']);

/**
 * Whether a name tells that another program has not finished writing: what lies there may be a part of an exam.
 *
 * @param name - Last part of a path.
 */
export function isPartialName(name: string): boolean {
  const lower = name.toLowerCase();
  return !lower.startsWith('.') && !lower.startsWith('~$') && temporaryEndings.some((ending) => lower.endsWith(ending));
}

/**
 * Whether a file or folder of this name is left alone: a copy that another program has not finished, or a system's own file.
 *
 * rsync writes `.name.XXXXXX` and renames it at the end, so every name that begins with a dot is temporary; a DICOMDIR
 * is an index of a medium and holds no image.
 *
 * @param name - Last part of a path.
 */
export function isTemporaryName(name: string): boolean {
  const lower = name.toLowerCase();
  return lower.startsWith('.') || lower.startsWith('~$') || systemNames.has(lower)
    || temporaryEndings.some((ending) => lower.endsWith(ending));
}
