import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import dicomParser from 'dicom-parser';
import type { DataSet as OracleDataSet } from 'dicom-parser';
import { describe, expect, it } from 'vitest';
import { itemsOf, parseDataSet } from '../../../src-main/dicom/data-set.ts';
import type { DataSet } from '../../../src-main/dicom/data-set.ts';
import { sharedData } from '../../helpers/shared-data.ts';

const sets = ['dev-ct-lidc-0001', 'dev-ct-lungpetctdx-a0002', 'dev-mr-transfer-syntaxes', 'dev-cxr-nih', 'dev-conformance-cornerstone', 'dev-conformance-pydicom'];

/** Files that the other parser takes for Part 10 with native or encapsulated pixels at the end of the data set. */
function readByOracle(bytes: Buffer): OracleDataSet | null {
  try {
    return dicomParser.parseDicom(bytes, { untilTag: 'x7fe00010' });
  } catch {
    return null;
  }
}

function keyOf(tag: number): string {
  return `x${tag.toString(16).padStart(8, '0')}`;
}

/** Every element of both, and within sequences: the same tags at the same places. */
function expectSame(own: DataSet, oracle: OracleDataSet, depth = 0): number {
  let compared = 0;
  for (const [tag, element] of own.elements) {
    const other = oracle.elements[keyOf(tag)];
    expect([keyOf(tag), other?.dataOffset]).toEqual([keyOf(tag), element.offset]);
    if (!element.undefinedLength) expect(other?.length).toBe(element.length);
    compared += 1;
    if (depth > 8 || other?.items === undefined) continue;
    const items = itemsOf(own, tag);
    expect(items).toHaveLength(other.items.length);
    items.forEach((item, index) => {
      const twin = other.items?.[index]?.dataSet;
      if (twin !== undefined) compared += expectSame(item, twin, depth + 1);
    });
  }
  return compared;
}

describe.each(sets)('parseDataSet on %s', (name) => {
  const shared = sharedData(name);

  it.skipIf(shared === null)('finds what dicom-parser finds, where it does', () => {
    let compared = 0;
    for (const entry of readdirSync(shared ?? '', { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      const oracle = readByOracle(bytes);
      const syntax = oracle?.string('x00020010');
      if (oracle === null || syntax === '1.2.840.10008.1.2.1.99') continue;
      const first = Object.values(oracle.elements).find((element) => !element.tag.startsWith('x0002'));
      if (first === undefined) continue;
      const isExplicit = syntax !== '1.2.840.10008.1.2';
      const headLength = isExplicit && ['OB', 'OW', 'SQ', 'UN', 'UT', 'OF', 'OD', 'OL', 'UC', 'UR'].includes(first.vr ?? '') ? 12 : 8;
      const { dataSet, fault } = parseDataSet({
        bytes, dataSetOffset: first.dataOffset - headLength, explicitVr: isExplicit, bigEndian: syntax === '1.2.840.10008.1.2.2',
      });
      if (fault === null) compared += expectSame(dataSet, oracle);
    }
    expect(compared).toBeGreaterThan(10);
  });
});
