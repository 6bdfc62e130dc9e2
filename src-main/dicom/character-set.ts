/** Single-byte and multi-byte repertoires by defined term of Specific Character Set, as TextDecoder labels. */
const labels: Readonly<Record<string, string>> = {
  'ISO_IR 100': 'iso-8859-1', 'ISO_IR 101': 'iso-8859-2', 'ISO_IR 109': 'iso-8859-3', 'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5', 'ISO_IR 127': 'iso-8859-6', 'ISO_IR 126': 'iso-8859-7', 'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'windows-1254', 'ISO_IR 203': 'iso-8859-15', 'ISO_IR 13': 'shift_jis', 'ISO_IR 166': 'windows-874',
  'ISO_IR 192': 'utf-8', GB18030: 'gb18030', GBK: 'gbk',
  'ISO 2022 IR 149': 'euc-kr', 'ISO 2022 IR 58': 'gbk', 'ISO 2022 IR 87': 'iso-2022-jp', 'ISO 2022 IR 159': 'euc-jp',
};

const escapes = {
  korean: '\x1b$)C',
  simplifiedChinese: '\x1b$)A',
  japaneseSupplement: '\x1b$(D',
} as const;

/**
 * Decodes the bytes of a text value with the data set's Specific Character Set; never throws.
 *
 * @param bytes - The value as stored, with its padding.
 * @param characterSets - Values of (0008,0005); empty when absent.
 * @returns Text; what the character set cannot express becomes U+FFFD.
 * @see DICOM PS3.3 C.12.1.1.2, PS3.5 section 6.1
 */
export function decodeText(bytes: Uint8Array, characterSets: readonly string[]): string {
  const ascii = latin1(bytes);
  if (!bytes.some((byte) => byte >= 0x80 || byte === 0x1b)) return ascii;
  if (ascii.includes('\x1b')) return decodeWithEscapes(ascii, characterSets);
  const label = labelOf(characterSets[0] ?? '') ?? labelOf(characterSets[1] ?? '') ?? guess(bytes);
  return decode(bytes, label);
}

/** Code extensions: each run between escape sequences is decoded with the set that its escape names. */
function decodeWithEscapes(text: string, characterSets: readonly string[]): string {
  const initial = labelOf(characterSets[0] ?? '') ?? 'iso-8859-1';
  return text
    .split(/(?=\x1b)/) // eslint-disable-line no-control-regex
    .map((run) => decodeRun(run, initial))
    .join('');
}

function decodeRun(run: string, initial: string): string {
  if (!run.startsWith('\x1b')) return decode(bytesOf(run), initial);
  if (run.startsWith(escapes.korean)) return decode(bytesOf(run.slice(4)), 'euc-kr');
  if (run.startsWith(escapes.simplifiedChinese)) return decode(bytesOf(run.slice(4)), 'gbk');
  if (run.startsWith(escapes.japaneseSupplement)) return '\uFFFD';
  if (/^\x1b(\$[@B]|\([BJ])/.test(run)) return decode(bytesOf(run), 'iso-2022-jp'); // eslint-disable-line no-control-regex
  if (run.startsWith('\x1b)I')) return decode(bytesOf(run.slice(3)), 'shift_jis');
  const single = { '-A': '100', '-B': '101', '-C': '109', '-D': '110', '-L': '144', '-G': '127', '-F': '126', '-H': '138', '-M': '148', '-T': '166' }[
    run.slice(1, 3)
  ];
  return decode(bytesOf(run.slice(3)), single === undefined ? initial : (labels[`ISO_IR ${single}`] ?? initial));
}

function labelOf(characterSet: string): string | null {
  const term = characterSet.trim().toUpperCase();
  return labels[term] ?? labels[term.replace('ISO 2022 IR', 'ISO_IR')] ?? null;
}

/** Files without a character set that hold more than ASCII are mostly UTF-8 or Latin-1. */
function guess(bytes: Uint8Array): string {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'iso-8859-1';
  }
}

function decode(bytes: Uint8Array, label: string): string {
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    // A runtime built without the full ICU data does not know every label.
    return latin1(bytes);
  }
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
