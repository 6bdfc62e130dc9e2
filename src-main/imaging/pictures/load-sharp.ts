import type sharp from 'sharp';

let loading: Promise<typeof sharp> | null = null;

/** Loads sharp when it is first needed: that takes longer than preparing a slice, and most of LungDesk's pictures do without. */
export function loadSharp(): Promise<typeof sharp> {
  loading ??= import('sharp').then(({ default: loaded }) => {
    // One picture at a time per thread, and no cache: every picture is encoded once.
    loaded.concurrency(1);
    loaded.cache(false);
    return loaded;
  });
  return loading;
}
