/** True when a key press belongs to a field, a menu or a dialog and must not be taken as a shortcut. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return true;
  const target = event.target instanceof Element ? event.target : null;
  const owner = target?.closest('input, textarea, select, [contenteditable=true], [role=menu], [role=listbox], [role=dialog], [role=radiogroup]') ?? null;
  return owner !== null;
}

/** True for a plain key: no Ctrl, Alt or Meta, which belong to menus and the system. */
export function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.altKey && !event.metaKey;
}
