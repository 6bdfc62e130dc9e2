/** A display window in HU. */
export interface DisplayWindow {
  readonly windowCenter: number;
  readonly windowWidth: number;
}

/** Windows on the number keys, in their order; names are keys under `viewer.window.` of the texts. */
export const windowPresets = [
  { name: 'lung', windowCenter: -600, windowWidth: 1500 },
  { name: 'mediastinum', windowCenter: 40, windowWidth: 400 },
  { name: 'bone', windowCenter: 400, windowWidth: 1800 },
  { name: 'abdomen', windowCenter: 60, windowWidth: 160 },
] as const satisfies readonly (DisplayWindow & { readonly name: string })[];

/** Name of a preset. */
export type PresetName = (typeof windowPresets)[number]['name'];

/** The preset with exactly this window, or null. */
export function presetOf(window: DisplayWindow): PresetName | null {
  return windowPresets.find(({ windowCenter, windowWidth }) =>
    windowCenter === window.windowCenter && windowWidth === window.windowWidth)?.name ?? null;
}
