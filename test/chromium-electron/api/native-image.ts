import { readFileSync } from 'node:fs';
import type * as Electron from 'electron';
import { guard } from '../not-implemented.ts';

type Members = Pick<Electron.NativeImage, 'isEmpty' | 'toPNG' | 'toDataURL' | 'getSize' | 'getAspectRatio' | 'setTemplateImage' | 'isTemplateImage' | 'resize' | 'toBitmap'>;

/** An encoded picture; the stand-in keeps its bytes and reads a PNG's size, nothing more. */
class StandinImage implements Omit<Members, 'resize' | 'toBitmap'> {
  readonly #bytes: Buffer;
  isMacTemplateImage = false;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  isEmpty = (): boolean => this.#bytes.length === 0;
  toPNG = (): Buffer<ArrayBuffer> => Buffer.from(this.#bytes);
  toDataURL = (): string => `data:image/png;base64,${this.#bytes.toString('base64')}`;
  getAspectRatio = (): number => this.getSize().width / (this.getSize().height || 1);
  setTemplateImage = (option: boolean): void => void (this.isMacTemplateImage = option);
  isTemplateImage = (): boolean => this.isMacTemplateImage;

  getSize(): Electron.Size {
    const isPng = this.#bytes.length > 24 && this.#bytes.readUInt32BE(0) === 0x89504e47;
    return isPng ? { width: this.#bytes.readUInt32BE(16), height: this.#bytes.readUInt32BE(20) } : { width: 0, height: 0 };
  }

  /** Kept at its size: nothing here draws icons. */
  resize(): Electron.NativeImage {
    return wrap(this.#bytes);
  }
}

function wrap(bytes: Buffer): Electron.NativeImage {
  return guard(new StandinImage(bytes), 'NativeImage', 'NativeImage') as unknown as Electron.NativeImage;
}

/** Makes an image of encoded bytes. */
export function createFromBuffer(bytes: Buffer): Electron.NativeImage {
  return wrap(bytes);
}

/** electron's nativeImage. */
export const nativeImage = {
  createEmpty: () => wrap(Buffer.alloc(0)),
  createFromBuffer,
  createFromDataURL: (url: string) => wrap(Buffer.from(url.replace(/^data:[^,]*,/, ''), 'base64')),
  createFromPath: (path: string) => {
    try {
      return wrap(readFileSync(path));
    } catch {
      // A missing file is an empty image in Electron too.
      return wrap(Buffer.alloc(0));
    }
  },
};
