/**
 * Memory that can be moved to another thread together with an answer instead of being copied.
 *
 * @param answer - Any structured-clonable value; plain objects, arrays, maps and sets are looked through.
 * @returns Every ArrayBuffer that a view in the answer covers whole, once. Shared memory is shared without being moved,
 *   and a view into a larger buffer may have neighbours that somebody still uses: it is copied.
 */
export function movedBuffers(answer: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const seen = new Set<object>();
  const open: unknown[] = [answer];
  for (const value of open) {
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (ArrayBuffer.isView(value)) {
      const { buffer } = value;
      if (buffer instanceof ArrayBuffer && value.byteLength === buffer.byteLength && buffer.byteLength > 0) buffers.add(buffer);
    } else if (value instanceof Map || value instanceof Set || Array.isArray(value)) open.push(...(value as Iterable<unknown>));
    else if (Object.getPrototypeOf(value) === Object.prototype) open.push(...Object.values(value as Record<string, unknown>));
  }
  return [...buffers];
}
