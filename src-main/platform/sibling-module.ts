/**
 * Address of a module beside the caller, from TypeScript source as well as from the built output.
 *
 * @param callerUrl - The caller's import.meta.url.
 * @param path - Relative path without its ending, such as './slice-worker'.
 */
export function siblingModule(callerUrl: string, path: string): URL {
  const ending = callerUrl.endsWith('.ts') ? '.ts' : '.js';
  return new URL(path + ending, callerUrl);
}
