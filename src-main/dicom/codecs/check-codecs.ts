import { codecs, loadDecoder } from './decode-frame.ts';

/**
 * Loads every codec, for the doctor.
 *
 * @returns One row per codec; ok is false when it cannot be loaded on this machine.
 */
export async function checkCodecs(): Promise<{ readonly name: string; readonly ok: boolean }[]> {
  return Promise.all(codecs.map(async (name) => ({ name, ok: await loadDecoder(name).then(() => true, () => false) })));
}
