/**
 * Copies what an element shows as plain text, by selecting it: the shell grants no page the permission that the newer way needs.
 *
 * @param element - In the page and visible.
 * @returns Whether the system took it.
 */
export function copyTextOf(element: HTMLElement): boolean {
  const selection = window.getSelection();
  if (selection === null) return false;
  selection.selectAllChildren(element);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  const isCopied = document.execCommand('copy');
  selection.removeAllRanges();
  return isCopied;
}
