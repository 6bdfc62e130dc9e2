import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Replaces a small file so that after a crash or a power cut either the old or the new content is there, whole.
 *
 * @param path - Of the file; its folder must exist. Only this user may read it (0600).
 * @param content - New text, or null to remove the file.
 */
export async function replaceFile(path: string, content: string | null): Promise<void> {
  if (content === null) {
    await rm(path, { force: true });
  } else {
    const file = await open(`${path}.tmp`, 'w', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.tmp`, path);
  }
  await syncFolder(dirname(path));
}

/** Makes the name itself durable; Windows does that by itself and refuses to open folders. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
