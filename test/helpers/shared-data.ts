import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** Folder of one public data set beside the repository, or null where it is absent: tests then skip and say so. */
export function sharedData(name: string): string | null {
  const folder = join(root, name);
  if (existsSync(folder)) return folder;
  process.stderr.write(`skipped: the public data set ${name} is not beside this checkout\n`);
  return null;
}
