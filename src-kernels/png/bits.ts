let at: usize = 0;
let waiting: u64 = 0;
/** Bits that are no whole byte yet, 0 to 7 between calls. */
let waitingBits: u64 = 0;

/** Begins a stream: nothing is waiting. */
export function beginBits(): void {
  waiting = 0;
  waitingBits = 0;
}

/** Says where the next bytes go; bits that wait stay. */
export function writeTo(address: usize): void {
  at = address;
}

/** Address behind the last whole byte. */
export function writtenTo(): usize {
  return at;
}

/** Writes up to 32 bits, lowest first; whole bytes leave at once, and up to 8 bytes behind them are overwritten. */
export function put(value: u64, length: u64): void {
  waiting |= value << waitingBits;
  waitingBits += length;
  store<u64>(at, waiting);
  at += <usize>(waitingBits >> 3);
  waiting >>= waitingBits & ~7;
  waitingBits &= 7;
}

/** Fills the last byte with zeros. */
export function putBytesWhole(): void {
  put(0, (8 - waitingBits) & 7);
}

/** Writes bytes as they are; the stream must stand at a whole byte. */
export function putBytes(from: usize, size: i32): void {
  memory.copy(at, from, size);
  at += size;
}

/** Writes one symbol of a code as buildCode made it. */
export function putCode(codes: usize, symbol: i32): void {
  const code = load<u32>(codes + 4 * symbol);
  put(code >> 8, code & 255);
}

/**
 * As putCode for each byte, four at a time: codes have at most 14 bits, so that four and what waits fit into 64. They are joined
 * in pairs first, because each step that needs the one before it costs time.
 */
export function putCodes(codes: usize, from: usize, end: usize): void {
  let place = at;
  let bits = waiting;
  let used = waitingBits;
  for (; from + 4 <= end; from += 4) {
    const bytes = load<u32>(from);
    const first = load<u32>(codes + 4 * (bytes & 255));
    const second = load<u32>(codes + 4 * ((bytes >> 8) & 255));
    const third = load<u32>(codes + 4 * ((bytes >> 16) & 255));
    const fourth = load<u32>(codes + 4 * (bytes >> 24));
    const lowBits = (first & 255) + (second & 255);
    const low = (first >> 8) | ((second >> 8) << (first & 255));
    const high = (third >> 8) | ((fourth >> 8) << (third & 255));
    bits |= ((<u64>high << lowBits) | low) << used;
    used += lowBits + (third & 255) + (fourth & 255);
    store<u64>(place, bits);
    place += <usize>(used >> 3);
    bits >>= used & ~7;
    used &= 7;
  }
  at = place;
  waiting = bits;
  waitingBits = used;
  for (; from < end; from += 1) putCode(codes, load<u8>(from));
}
