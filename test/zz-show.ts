import sharp from 'sharp';
import { readFileSync } from 'node:fs';
import { tilesOfSheet } from '../src-main/relay/practice-relay/sheet-tiles.ts';
import { findRoundStructures } from '../src-main/relay/practice-relay/round-structures.ts';
const [file, across, down, count, field, out] = process.argv.slice(2);
const { data, info } = await sharp(readFileSync(file!)).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
const sheet = { grey: new Uint8Array(data), columns: info.width, rows: info.height };
const tiles = tilesOfSheet(sheet, { numbers: Array.from({ length: Number(count) }, (_, i) => i + 1), across: Number(across), down: Number(down) })!;
const comps = [];
for (const [i, tile] of tiles.entries()) {
  const rgb = Buffer.alloc(tile.columns * tile.rows * 3);
  for (let k = 0; k < tile.grey.length; k += 1) rgb.fill(tile.grey[k]!, 3 * k, 3 * k + 3);
  for (const s of findRoundStructures(tile.grey, tile.columns, tile.rows, 'standard', Number(field))) {
    for (let c = s.columnMin; c <= s.columnMax; c += 1) for (const r of [s.rowMin, s.rowMax]) { rgb[3 * (r * tile.columns + c)] = 255; rgb[3 * (r * tile.columns + c) + 1] = 0; }
    for (let r = s.rowMin; r <= s.rowMax; r += 1) for (const c of [s.columnMin, s.columnMax]) { rgb[3 * (r * tile.columns + c)] = 255; rgb[3 * (r * tile.columns + c) + 1] = 0; }
  }
  comps.push({ input: rgb, raw: { width: tile.columns, height: tile.rows, channels: 3 as const }, left: (i % Number(across)) * (tile.columns + 4), top: Math.floor(i / Number(across)) * (tile.rows + 4) });
}
const w = Number(across) * (tiles[0]!.columns + 4); const h = Number(down) * (tiles[0]!.rows + 4);
await sharp({ create: { width: w, height: h, channels: 3, background: '#333' } }).composite(comps).png().toFile(out!);
