import * as z from 'zod';

/** Size of the main window until a person changes it, in device-independent pixels. */
export const defaultWindowSize = { width: 1440, height: 900 } as const;

/** Smallest size at which every screen is usable. */
export const minWindowSize = { width: 1024, height: 700 } as const;

const coordinate = z.int().min(-100_000).max(100_000);

/** Where the main window was when it was last closed; bounds are those of the window when it is not maximized. */
export const windowStateSchema = z.strictObject({
  bounds: z.strictObject({ x: coordinate, y: coordinate, width: z.int().min(1).max(100_000), height: z.int().min(1).max(100_000) }),
  maximized: z.boolean(),
});

/** See windowStateSchema. */
export type WindowState = z.infer<typeof windowStateSchema>;

/** A rectangle on the desktop, in device-independent pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where to put the window: without x and y the system centres it. */
export interface WindowPlacement {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
  readonly maximized: boolean;
}

// Enough of the title bar to take hold of with a mouse.
const grip = { width: 120, height: 24 } as const;

/**
 * Places the window where it was, if it can be reached there on the displays of today.
 *
 * @param saved - State of the last run, or null.
 * @param workAreas - Work areas of the displays, the primary one first; never empty on a real desktop.
 * @returns A size no larger than the display it lands on (but never below the minimum), and a position whose title bar
 *   can be grabbed.
 */
export function placeWindow(saved: WindowState | null, workAreas: readonly Area[]): WindowPlacement {
  const wanted = saved?.bounds ?? defaultWindowSize;
  const maximized = saved?.maximized ?? false;
  if (saved !== null) {
    const { x, y } = saved.bounds;
    for (const area of workAreas) {
      // Judged by the size it will have, not by the one it had: a window that shrinks may no longer reach the display.
      const size = fitSize(wanted, area);
      if (isTitleBarReachable({ x, y, ...size }, area)) return { ...size, x, y, maximized };
    }
  }
  return { ...fitSize(wanted, workAreas[0]), maximized };
}

function fitSize(wanted: { readonly width: number; readonly height: number }, area: Area | undefined): { readonly width: number; readonly height: number } {
  return {
    width: clamp(wanted.width, minWindowSize.width, area?.width ?? wanted.width),
    height: clamp(wanted.height, minWindowSize.height, area?.height ?? wanted.height),
  };
}

function isTitleBarReachable(bounds: Area, area: Area): boolean {
  const overlap = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  return overlap >= grip.width && bounds.y >= area.y && bounds.y + grip.height <= area.y + area.height;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
