const sorted = memory.data(4 * 286, 16);
/** Of leaves, then of inner nodes; later their depths. */
const weights = memory.data(4 * 2 * 286, 16);
const parents = memory.data(2 * 2 * 286, 16);
/** How many codes have a length; later the next code of that length. */
const perLength = memory.data(4 * 16, 16);

/**
 * Builds a Huffman code of limited length.
 *
 * @param counts - How often each symbol occurs, u32, 16 bytes apart; at least two symbols occur, none 2^22 times.
 * @param symbols - How many, at most 286.
 * @param longest - Bits of the longest code allowed, at most 15.
 * @param codes - Out, u32 by symbol: the code as it is written (bits reversed) above 8 bits with its length.
 * @param lengths - Out, u8 by symbol: bits, 0 where a symbol does not occur.
 * @returns Bits that all symbols take together.
 * @see RFC 1951, section 3.2.2
 */
export function buildCode(counts: usize, symbols: i32, longest: i32, codes: usize, lengths: usize): i32 {
  let used = 0;
  for (let symbol = 0; symbol < symbols; symbol += 1) {
    const times = load<u32>(counts + 16 * symbol);
    if (times == 0) continue;
    store<u32>(sorted + 4 * used, (times << 9) | symbol);
    used += 1;
  }
  sortAscending(used);
  growTree(used);
  countLengths(used, longest);
  memory.fill(lengths, 0, symbols);
  let bits = 0;
  // The rarest symbols take the longest codes.
  for (let length = longest, next = 0; length > 0; length -= 1) {
    for (let left: i32 = load<u32>(perLength + 4 * length); left > 0; left -= 1, next += 1) {
      const entry = load<u32>(sorted + 4 * next);
      store<u8>(lengths + (entry & 511), <u8>length);
      bits += (entry >> 9) * length;
    }
  }
  numberCodes(symbols, longest, codes, lengths);
  return bits;
}

/** Joins the two lightest nodes again and again; inner nodes come out in ascending order, so that two queues do. */
function growTree(used: i32): void {
  for (let leaf = 0; leaf < used; leaf += 1) store<u32>(weights + 4 * leaf, load<u32>(sorted + 4 * leaf) >> 9);
  let leaf = 0;
  let inner = used;
  for (let node = used; node < 2 * used - 1; node += 1) {
    let weight: u32 = 0;
    for (let child = 0; child < 2; child += 1) {
      const isLeaf = leaf < used && (inner >= node || load<u32>(weights + 4 * leaf) <= load<u32>(weights + 4 * inner));
      const chosen = isLeaf ? leaf : inner;
      if (isLeaf) leaf += 1;
      else inner += 1;
      weight += load<u32>(weights + 4 * chosen);
      store<u16>(parents + 2 * chosen, <u16>node);
    }
    store<u32>(weights + 4 * node, weight);
  }
}

/** Counts how many codes have each length; over-long ones are cut, and shorter ones made longer until all fit again. */
function countLengths(used: i32, longest: i32): void {
  memory.fill(perLength, 0, 4 * 16);
  const root = 2 * used - 2;
  store<u32>(weights + 4 * root, 0);
  let space = 0;
  for (let node = root - 1; node >= 0; node -= 1) {
    const depth = load<u32>(weights + 4 * load<u16>(parents + 2 * node)) + 1;
    store<u32>(weights + 4 * node, depth);
    if (node >= used) continue;
    const length = min(<i32>depth, longest);
    addTo(perLength + 4 * length, 1);
    space += 1 << (longest - length);
  }
  for (; space > 1 << longest; space -= 1) {
    let length = longest - 1;
    while (load<u32>(perLength + 4 * length) == 0) length -= 1;
    addTo(perLength + 4 * length, -1);
    addTo(perLength + 4 * length + 4, 2);
    addTo(perLength + 4 * longest, -1);
  }
}

/** Numbers the codes of equal length upwards. */
function numberCodes(symbols: i32, longest: i32, codes: usize, lengths: usize): void {
  let code = 0;
  for (let length = 1; length <= longest; length += 1) {
    const times = load<i32>(perLength + 4 * length);
    store<i32>(perLength + 4 * length, code);
    code = (code + times) << 1;
  }
  for (let symbol = 0; symbol < symbols; symbol += 1) {
    const length = <i32>load<u8>(lengths + symbol);
    if (length == 0) continue;
    let rest = load<i32>(perLength + 4 * length);
    addTo(perLength + 4 * length, 1);
    let reversed = 0;
    for (let bit = 0; bit < length; bit += 1, rest >>= 1) reversed = (reversed << 1) | (rest & 1);
    store<i32>(codes + 4 * symbol, (reversed << 8) | length);
  }
}

/** Shell's sort: a few hundred numbers at most. */
function sortAscending(size: i32): void {
  for (let gap = 121; gap > 0; gap /= 3) {
    for (let index = gap; index < size; index += 1) {
      const value = load<u32>(sorted + 4 * index);
      let place = index;
      for (; place >= gap && load<u32>(sorted + 4 * (place - gap)) > value; place -= gap) {
        store<u32>(sorted + 4 * place, load<u32>(sorted + 4 * (place - gap)));
      }
      store<u32>(sorted + 4 * place, value);
    }
  }
}

/** Adds to a number in memory. */
export function addTo(place: usize, value: i32): void {
  store<i32>(place, load<i32>(place) + value);
}
