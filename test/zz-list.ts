import sharp from 'sharp';
import { readFileSync } from 'node:fs';
import { tilesOfSheet } from '../src-main/relay/practice-relay/sheet-tiles.ts';
import { findRoundStructures } from '../src-main/relay/practice-relay/round-structures.ts';
const [file, across, down, count, field] = process.argv.slice(2);
const { data, info } = await sharp(readFileSync(file!)).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
const tiles = tilesOfSheet({ grey: new Uint8Array(data), columns: info.width, rows: info.height }, { numbers: Array.from({ length: Number(count) }, (_, i) => i + 1), across: Number(across), down: Number(down) })!;
for (const [i, tile] of tiles.entries()) console.log(i + 1, findRoundStructures(tile.grey, tile.columns, tile.rows, 'standard', Number(field)).map((s) => `x${s.columnMin} y${s.rowMin} d${s.diameterMm.toFixed(1)} r${s.roundness.toFixed(2)} i${s.isolation.toFixed(2)}`).join('; '));
