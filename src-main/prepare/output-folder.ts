import { lstat, mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../src-shared/domain/errors.ts';
import { replaceFile } from '../platform/atomic-file.ts';

/** The folder that pictures are written to. */
export interface OutputFolder {
  /**
   * Writes a picture whole or not at all. The first one takes away what an earlier run wrote there.
   *
   * @param name - Neutral, parts joined by '/': exam-1/slice-0001.png.
   * @throws {AppError} 'output-full', 'file-not-saved'.
   */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Writes the manifest last: where there is one, everything that it names is there. */
  finish(manifest: string): Promise<void>;
  /** Takes away what this run has written. */
  discard(): Promise<void>;
}

/** Name of the manifest. */
export const manifestName = 'manifest.json';
/** Names that a manifest of ours can hold; nothing else is ever removed. */
const ownNames = /^(exam-\d{1,4}\/)?(slice|slab|sheet|image)-\d{4,6}(-unmarked)?\.(png|jpg|webp)$/;
const fullCodes: readonly (string | undefined)[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/**
 * Opens a folder to write pictures to; nothing is changed until the first one.
 *
 * @param path - Absolute; made when it is not there.
 * @param options - overwrite: whether an earlier manifest and its pictures may go.
 * @throws {AppError} 'output-occupied' when a manifest is there and may not; 'file-not-saved' when the path is not a folder.
 */
export async function openOutputFolder(path: string, { overwrite }: { readonly overwrite: boolean }): Promise<OutputFolder> {
  const manifestPath = join(path, manifestName);
  const earlier = await describe(path, manifestPath);
  if (earlier !== null && !overwrite) throw new AppError('output-occupied', 'the output folder holds prepared pictures already; --overwrite replaces them');
  const written = new Set<string>();
  const folders = new Set<string>();
  let begun: Promise<void> | null = null;

  async function begin(): Promise<void> {
    await mkdir(path, { recursive: true });
    if (earlier === null) return;
    // The manifest goes first: from here on nobody may take the folder for whole.
    await replaceFile(manifestPath, null);
    for (const name of namesIn(earlier)) await rm(join(path, ...name.split('/')), { force: true });
  }

  return {
    write: (name, bytes) =>
      translated(async () => {
        begun ??= begin();
        await begun;
        const target = join(path, ...name.split('/'));
        const folder = dirname(target);
        if (folder !== path && !folders.has(folder)) {
          await mkdir(folder, { recursive: true });
          folders.add(folder);
        }
        const unfinished = `${target}.tmp`;
        try {
          await writeFile(unfinished, bytes);
          await rename(unfinished, target);
        } catch (thrown) {
          await rm(unfinished, { force: true });
          throw thrown;
        }
        written.add(target);
      }),
    finish: (manifest) =>
      translated(async () => {
        begun ??= begin();
        await begun;
        try {
          await replaceFile(manifestPath, manifest);
        } catch (thrown) {
          await rm(`${manifestPath}.tmp`, { force: true });
          throw thrown;
        }
      }),
    discard: async () => {
      for (const target of written) await rm(target, { force: true });
      // A folder that holds anything else stays.
      for (const folder of folders) await rmdir(folder).catch(() => undefined);
    },
  };
}

/** The text of the manifest that is there; null when there is none. */
async function describe(path: string, manifestPath: string): Promise<string | null> {
  const folder = await lstat(path).catch(ignoreMissing);
  // The person named the folder; it may be reached through a link.
  if (folder !== null && !folder.isDirectory() && !folder.isSymbolicLink()) throw new AppError('file-not-saved', 'the output path is not a folder');
  const manifest = folder === null ? null : await lstat(manifestPath).catch(ignoreMissing);
  if (manifest === null) return null;
  return manifest.isFile() ? readFile(manifestPath, 'utf8') : '';
}

function ignoreMissing(thrown: unknown): null {
  if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR') return null;
  throw new AppError('file-not-saved', 'the output folder cannot be opened', { cause: thrown });
}

/** Pictures that a manifest of ours names; none when it is not ours. */
function namesIn(manifest: string): readonly string[] {
  const names = manifest.match(/"file": "[^"]*"/g) ?? [];
  return names.map((entry) => entry.slice('"file": "'.length, -1)).filter((name) => ownNames.test(name));
}

async function translated(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (fullCodes.includes(codeOf(cause))) throw new AppError('output-full', 'the disk of the output folder is full; no manifest was written', { cause });
    throw new AppError('file-not-saved', 'a picture could not be written to the output folder', { cause });
  }
}

function codeOf(thrown: unknown): string | undefined {
  return (thrown as NodeJS.ErrnoException | null)?.code;
}
