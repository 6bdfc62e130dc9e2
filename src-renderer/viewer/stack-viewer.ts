import { cache, Enums, imageLoader, init as initCore, RenderingEngine, utilities } from '@cornerstonejs/core';
import type { Types } from '@cornerstonejs/core';
import { addTool, Enums as ToolEnums, init as initTools, PanTool, StackScrollTool, ToolGroupManager, WindowLevelTool, ZoomTool } from '@cornerstonejs/tools';
import { pixelToPatient } from '../../src-shared/domain/image-affine.ts';
import { closeUpField } from './close-up.ts';
import type { CloseUp } from './close-up.ts';
import { transformFromCorners } from './plane-transform.ts';
import type { PlaneTransform } from './plane-transform.ts';
import { affineOfSlice, forgetSlices, registerSliceLoader, registerSlices } from './slice-pictures.ts';
import { isShowable } from './showable-slice.ts';
import type { SeriesPictures } from './slice-pictures.ts';
import type { DisplayWindow } from './window-presets.ts';

/** What the viewer tells about what the reader does with the mouse, and about loading. */
export interface ViewerListener {
  readonly onSlice: (sliceIndex: number) => void;
  readonly onWindow: (window: DisplayWindow) => void;
  readonly onTransform: (transform: PlaneTransform) => void;
  /** A slice has no pixels (yet) and is drawn blank. */
  readonly onMissing: (imageId: string) => void;
  readonly onRendered: (sliceIndex: number) => void;
}

// The tools' own names, which their types leave open.
const toolNames = {
  window: String(WindowLevelTool.toolName), pan: String(PanTool.toolName), zoom: String(ZoomTool.toolName), scroll: String(StackScrollTool.toolName),
} as const;
const cacheBytes = 1024 ** 3;
const prefetchAtOnce = 3;
let engine: RenderingEngine | null = null;
let viewerCount = 0;
const viewers = new Set<StackViewer>();

// One engine with one WebGL context for the life of the window: engines do not give their contexts back, and browsers have few.
function sharedEngine(): RenderingEngine {
  if (engine !== null) return engine;
  initCore({ rendering: { webGlContextCount: 1 }, debug: {} });
  initTools();
  registerSliceLoader((imageId) => { for (const viewer of viewers) viewer.announceMissing(imageId); });
  cache.setMaxCacheSize(cacheBytes);
  for (const tool of [WindowLevelTool, PanTool, ZoomTool, StackScrollTool]) addTool(tool);
  engine = new RenderingEngine('reading-room');
  return engine;
}

/** One Cornerstone3D stack viewport in an element, until it is disposed. Left: window, middle: pan, right or Ctrl+wheel: zoom, wheel: slices. */
export class StackViewer {
  readonly #engine: RenderingEngine;
  readonly #viewport: Types.IStackViewport;
  readonly #id: string;
  readonly #listener: ViewerListener;
  readonly #element: HTMLDivElement;
  readonly #resize: ResizeObserver;
  #series: SeriesPictures | null = null;
  #imageIds: string[] = [];
  #firstShown: Promise<unknown> = Promise.resolve();
  #loading: Promise<void> = Promise.resolve();
  /** Before the first slice is shown the camera stands nowhere, and what it is moved by would stay with it. */
  #isShowing = false;
  #waiting: CloseUp | null = null;
  /** What was last shown from near, and the camera that showed it: as long as it stands so, the reader has not moved. */
  #near: { readonly closeUp: CloseUp; readonly camera: Types.ICamera; readonly isOwnField: boolean } | null = null;
  #disposed = false;

  /** @param host - Positioned, with a size; the viewer lives in a child of its own. */
  constructor(host: HTMLDivElement, listener: ViewerListener) {
    const element = document.createElement('div');
    element.className = 'viewport-stack';
    host.append(element);
    viewerCount += 1;
    this.#id = `slices-${viewerCount}`;
    this.#element = element;
    this.#listener = listener;
    this.#engine = sharedEngine();
    this.#engine.enableElement({ viewportId: this.#id, type: Enums.ViewportType.STACK, element, defaultOptions: { background: [0, 0, 0] } });
    this.#viewport = this.#engine.getViewport<Types.IStackViewport>(this.#id);
    this.#bindTools();
    this.#listen();
    this.#resize = new ResizeObserver(() => { this.#fitElement(); });
    this.#resize.observe(element);
    viewers.add(this);
  }

  #bindTools(): void {
    const group = ToolGroupManager.createToolGroup(this.#id);
    if (group === undefined) throw new Error('the viewport already has its tools');
    group.addViewport(this.#id, this.#engine.id);
    const { MouseBindings, KeyboardBindings } = ToolEnums;
    for (const name of [toolNames.window, toolNames.pan, toolNames.zoom]) group.addTool(name);
    // Wheel down goes towards the feet, as in the scrollbar beside the picture; slices are counted from the feet.
    group.addTool(toolNames.scroll, { invert: true, debounceIfNotLoaded: false, loop: false });
    group.setToolActive(toolNames.window, { bindings: [{ mouseButton: MouseBindings.Primary }] });
    group.setToolActive(toolNames.pan, { bindings: [{ mouseButton: MouseBindings.Auxiliary }] });
    group.setToolActive(toolNames.scroll, { bindings: [{ mouseButton: MouseBindings.Wheel }] });
    group.setToolActive(toolNames.zoom, {
      bindings: [{ mouseButton: MouseBindings.Secondary }, { mouseButton: MouseBindings.Wheel, modifierKey: KeyboardBindings.Ctrl }],
    });
  }

  #listen(): void {
    const { Events } = Enums;
    const on = (name: string, act: (detail: never) => void): void => {
      this.#element.addEventListener(name, (event) => { if (!this.#disposed) act((event as CustomEvent).detail as never); });
    };
    // The scroll itself, not the picture that follows it: a slice that cannot be loaded must be reachable too.
    on(Events.STACK_VIEWPORT_SCROLL, ({ newImageIdIndex }: { readonly newImageIdIndex: number }) => { this.#listener.onSlice(newImageIdIndex); });
    on(Events.VOI_MODIFIED, ({ range }: { readonly range: Types.VOIRange }) => { this.#listener.onWindow(windowOf(range)); });
    on(Events.STACK_NEW_IMAGE, () => {
      this.#isShowing = true;
      this.#takeWaiting();
    });
    on(Events.IMAGE_RENDERED, () => {
      if (!this.#isShowing) return;
      this.#announceTransform();
      this.#listener.onRendered(this.#viewport.getCurrentImageIdIndex());
    });
    on(Events.CAMERA_MODIFIED, () => { this.#announceTransform(); });
  }

  #announceTransform(): void {
    const slice = this.#series?.slices[this.#viewport.getCurrentImageIdIndex()];
    if (this.#series === null || slice === undefined) return;
    const affine = affineOfSlice(this.#series, slice);
    const land = (column: number, row: number) => this.#viewport.worldToCanvas([...pixelToPatient(affine, column, row)]);
    this.#listener.onTransform(transformFromCorners(land(0, 0), land(1, 0), land(0, 1)));
  }

  /** Shows a series; a series that has grown keeps zoom, pan and window. */
  async setSeries(series: SeriesPictures, sliceIndex: number, window: DisplayWindow): Promise<void> {
    const { slices: before = [], isDecoded: wasDecoded = false } = this.#series ?? {};
    const readied = series.slices.some((slice, index) => before[index] !== undefined && !isShowable(before[index], wasDecoded) && isShowable(slice, series.isDecoded));
    const imageIds = registerSlices(series);
    const same = !readied && imageIds.length === this.#imageIds.length && imageIds.every((id, index) => id === this.#imageIds[index]);
    const first = this.#series === null;
    this.#series = series;
    if (same || imageIds.length === 0) return;
    this.#imageIds = imageIds;
    const camera = first ? null : this.#viewport.getViewPresentation();
    const shown = this.#viewport.setStack(imageIds, sliceIndex);
    this.#firstShown = shown;
    await shown;
    if (this.#disposed) return;
    if (camera !== null) this.#viewport.setViewPresentation(camera);
    this.setWindow(window);
    this.#viewport.render();
    this.#loading = this.#prefetch(sliceIndex);
  }

  /** Shows a slice. */
  setSlice(sliceIndex: number): void {
    if (this.#imageIds[sliceIndex] === undefined || this.#viewport.getTargetImageIdIndex() === sliceIndex) return;
    void this.#viewport.setImageIdIndex(sliceIndex);
  }

  /** Shows a window. @see DICOM PS3.3 C.11.2.1.2.1 */
  setWindow({ windowCenter, windowWidth }: DisplayWindow): void {
    const voiRange = utilities.windowLevel.toLowHighRange(windowWidth, windowCenter);
    this.#viewport.setProperties({ voiRange }, true);
    this.#viewport.render();
  }

  /** Shows a place from near, by closeUpField; a field that the reader has made smaller by hand stays. */
  showNear(closeUp: CloseUp): void {
    this.#waiting = closeUp;
    if (this.#isShowing) this.#takeWaiting();
  }

  #takeWaiting(): void {
    if (this.#waiting !== null) this.#moveNear(this.#waiting);
    this.#waiting = null;
  }

  #moveNear(closeUp: CloseUp): void {
    const slice = this.#series?.slices[closeUp.sliceIndex];
    if (this.#series === null || slice === undefined) return;
    const { focalPoint, position, viewPlaneNormal, parallelScale } = this.#viewport.getCamera();
    if (focalPoint === undefined || position === undefined || viewPlaneNormal === undefined || parallelScale === undefined) return;
    // A field that this class chose for the place before is not the reader's.
    const isOwn = this.#near === null || this.#near.isOwnField || this.#near.camera.parallelScale !== parallelScale;
    const { clientWidth: width, clientHeight: height } = this.#element;
    const { middle, heightMm } = closeUpField({ closeUp, image: this.#series, viewport: { width, height }, ownHeightMm: isOwn ? 2 * parallelScale : null });
    const [dx, dy, dz] = withinPlane(focalPoint, pixelToPatient(affineOfSlice(this.#series, slice), ...middle), viewPlaneNormal);
    const move = ([fromX, fromY, fromZ]: Types.Point3): Types.Point3 => [fromX + dx, fromY + dy, fromZ + dz];
    this.#viewport.setCamera({ focalPoint: move(focalPoint), position: move(position), parallelScale: heightMm / 2 });
    this.#near = { closeUp, camera: this.#viewport.getCamera(), isOwnField: isOwn && heightMm === 2 * parallelScale };
    this.#viewport.render();
  }

  // What is shown from near is laid out anew in the new size, unless the reader has moved since.
  #fitElement(): void {
    const { focalPoint, parallelScale, viewPlaneNormal } = this.#viewport.getCamera();
    this.#engine.resize(true, true);
    const before = this.#near?.camera;
    if (this.#near === null || before?.focalPoint === undefined || focalPoint === undefined || viewPlaneNormal === undefined || before.parallelScale !== parallelScale) return;
    if (Math.hypot(...withinPlane(before.focalPoint, focalPoint, viewPlaneNormal)) < 0.01) this.#moveNear(this.#near.closeUp);
  }

  /** Gives the left button to the window, or leaves it to clicks. */
  setLeftDrag(changesWindow: boolean): void {
    const group = ToolGroupManager.getToolGroup(this.#id);
    if (changesWindow) group?.setToolActive(toolNames.window, { bindings: [{ mouseButton: ToolEnums.MouseBindings.Primary }] });
    else group?.setToolPassive(toolNames.window, { removeAllBindings: true });
  }

  /** Fits the picture into the viewport again. */
  resetView(): void {
    this.#near = null;
    this.#viewport.resetCamera();
    this.#viewport.render();
  }

  /** HU of a pixel of the slice in view; null outside or before it is loaded. */
  hounsfieldAt(column: number, row: number): number | null {
    const imageId = this.#imageIds[this.#viewport.getCurrentImageIdIndex()];
    const image = imageId === undefined ? undefined : cache.getImage(imageId);
    if (image === undefined || column < 0 || row < 0 || column >= image.columns || row >= image.rows) return null;
    const value: unknown = image.getPixelData()[row * image.columns + column];
    return typeof value === 'number' ? value : null;
  }

  // Nearest slices first, a few at a time, as much as the cache holds.
  async #prefetch(from: number): Promise<void> {
    const ids = this.#imageIds;
    const nearest = ids.map((id, index) => ({ id, away: Math.abs(index - from) })).toSorted((left, right) => left.away - right.away);
    const next = nearest.values();
    const work = async (): Promise<void> => {
      for (const { id } of next) {
        if (this.#disposed || ids !== this.#imageIds) return;
        await imageLoader.loadAndCacheImage(id);
      }
    };
    await Promise.all(Array.from({ length: prefetchAtOnce }, work));
  }

  /** Passes on that a slice is drawn blank. */
  announceMissing(imageId: string): void {
    if (!this.#disposed) this.#listener.onMissing(imageId);
  }

  /** Frees the viewport and the pixels. */
  dispose(): void {
    this.#disposed = true;
    this.#resize.disconnect();
    this.#element.remove();
    // Slices on their way arrive first: neither the viewport nor the cache lets go of what it waits for.
    void Promise.allSettled([this.#firstShown, this.#loading]).then(() => {
      ToolGroupManager.destroyToolGroup(this.#id);
      this.#engine.disableElement(this.#id);
      viewers.delete(this);
      if (viewers.size > 0) return;
      cache.purgeCache();
      forgetSlices();
    });
  }
}

// Within the plane only: how deep the camera looks is the viewport's own affair.
function withinPlane(from: Types.Point3, to: readonly [number, number, number], normal: Types.Point3): Types.Point3 {
  const [dx, dy, dz] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
  const depth = dx * normal[0] + dy * normal[1] + dz * normal[2];
  return [dx - depth * normal[0], dy - depth * normal[1], dz - depth * normal[2]];
}

function windowOf({ lower, upper }: Types.VOIRange): DisplayWindow {
  const { windowWidth, windowCenter } = utilities.windowLevel.toWindowLevel(lower, upper);
  return { windowWidth: Math.max(1, Math.round(windowWidth)), windowCenter: Math.round(windowCenter) };
}
