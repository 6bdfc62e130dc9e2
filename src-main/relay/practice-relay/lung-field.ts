import { findComponents } from './components.ts';
import type { Component } from './components.ts';
import { closeMask } from './distance.ts';

/** Grey level between lung and soft tissue at centre -600 HU, width 1500 HU: about -500 HU. */
const tissueGrey = 145;
/** Gas in stomach and bowel is darker than lung: about -950 HU. */
const gasGrey = 68;
/** A region that leaves the picture may be air around the body, with a table in it. */
const gasGreyAtEdge = 74;
/** Bays of the pleura up to twice this wide belong to the lung: a mass may sit in them. */
const bayRadiusMm = 11;

/**
 * Finds the lung field of a lung-window tile: dark regions that are not gas, closed so that structures inside the lungs
 * and bays at the pleura belong to it.
 *
 * @param grey - Grey levels, columns x rows, row-major.
 * @param columns - Width, pixels.
 * @param rows - Height, pixels.
 * @param pixelMm - Size of a pixel.
 * @returns 1 inside the lung field; all 0 when the tile shows none.
 */
export function lungField(grey: Uint8Array, columns: number, rows: number, pixelMm: number): Uint8Array {
  const dark = grey.map((value) => (value < tissueGrey ? 1 : 0));
  const field = new Uint8Array(grey.length);
  const smallest = grey.length * 0.003;
  for (const component of findComponents(dark, columns, rows)) {
    if (component.area < smallest || meanGrey(grey, component.pixels) < (component.touchesEdge ? gasGreyAtEdge : gasGrey)) continue;
    // Each lung is closed alone, so that the bridge between the two never becomes part of the field.
    addClosedLung(field, component, columns, rows, bayRadiusMm / pixelMm);
  }
  return field;
}

function addClosedLung(field: Uint8Array, lung: Component, columns: number, rows: number, radius: number): void {
  const margin = Math.ceil(radius) + 2;
  const left = Math.max(0, lung.columnMin - margin);
  const top = Math.max(0, lung.rowMin - margin);
  const width = Math.min(columns - 1, lung.columnMax + margin) - left + 1;
  const height = Math.min(rows - 1, lung.rowMax + margin) - top + 1;
  const cropped = new Uint8Array(width * height);
  for (const at of lung.pixels) {
    const column = at % columns;
    cropped[((at - column) / columns - top) * width + column - left] = 1;
  }
  const closed = closeMask(cropped, width, height, radius);
  fillHoles(closed, width, height, field.length * 0.02);
  for (let at = 0; at < closed.length; at += 1) {
    if (closed[at] === 1) field[(Math.floor(at / width) + top) * columns + (at % width) + left] = 1;
  }
}

function fillHoles(field: Uint8Array, columns: number, rows: number, largestHole: number): void {
  const outside = field.map((value) => (value === 0 ? 1 : 0));
  for (const hole of findComponents(outside, columns, rows)) {
    if (hole.touchesEdge || hole.area > largestHole) continue;
    for (const at of hole.pixels) field[at] = 1;
  }
}

function meanGrey(grey: Uint8Array, pixels: Int32Array): number {
  let sum = 0;
  for (const at of pixels) sum += grey[at] ?? 0;
  return sum / pixels.length;
}
