// Makes assets/sample-exam from the public data set LIDC-IDRI-0001: 32 neighbouring slices around its nodule,
// JPEG-LS lossless, own UIDs, pixel for pixel the source. Needs Debian's dcmtk (dcmcjpls, dcmdjpls, dcmodify).
//
//   node scripts/make-sample-exam.mjs ../shared/data/dev-ct-lidc-0001
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import dicomParser from 'dicom-parser';

const lowestZMm = -155;
const highestZMm = -77.5;
const source = process.argv[2];
if (source === undefined) {
  console.error('usage: node scripts/make-sample-exam.mjs <folder of dev-ct-lidc-0001>');
  process.exit(2);
}
const target = fileURLToPath(new URL('../assets/sample-exam/', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'lungdesk-sample-'));

function run(program, args) {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error !== undefined || status !== 0) throw new Error(`${program}: ${error?.message ?? stderr}`);
}

function nativePixels(path) {
  const bytes = readFileSync(path);
  const element = dicomParser.parseDicom(bytes).elements.x7fe00010;
  return bytes.subarray(element.dataOffset, element.dataOffset + element.length);
}

// A sample with the source's UIDs would be taken for late or changed slices of the full exam when a person reads both.
// 2.25 is the root for UIDs made of a 128-bit number (DICOM PS3.5 B.2); the same source always gives the same UID.
function sampleUid(uid) {
  const digits = createHash('sha256').update(`lungdesk sample exam ${uid}`).digest('hex').slice(0, 32);
  return `2.25.${BigInt(`0x${digits}`)}`;
}

const rows = readFileSync(join(source, 'expected_pixels.csv'), 'utf8').trim().split(/\r?\n/).slice(1)
  .map((line) => line.split(','))
  .map(([file, uid, , zMm, , md5]) => ({ file, uid, zMm: Number(zMm), md5 }))
  .filter(({ zMm }) => zMm >= lowestZMm && zMm <= highestZMm)
  .sort((a, b) => a.zMm - b.zMm);

try {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(join(target, 'series'), { recursive: true });
  const lines = ['file,z_mm,md5_of_native_little_endian_pixels'];
  let totalBytes = 0;
  for (const [index, { file, uid, zMm, md5 }] of rows.entries()) {
    const name = `series/slice-${String(index + 1).padStart(2, '0')}.dcm`;
    const output = join(target, name);
    const back = join(work, 'back.dcm');
    const { elements, string } = parsed(join(source, file));
    run('dcmcjpls', ['+un', join(source, file), output]);
    run('dcmodify', ['-nb',
      '-m', `(0020,000d)=${sampleUid(string('x0020000d'))}`, '-m', `(0020,000e)=${sampleUid(string('x0020000e'))}`,
      '-m', `(0008,0018)=${sampleUid(uid)}`, '-m', `(0020,0052)=${sampleUid(string('x00200052'))}`,
      // References to objects that are not part of the sample.
      ...['x00081155', 'x0040a124', 'x00880140'].filter((tag) => elements[tag] !== undefined)
        .flatMap((tag) => ['-ea', `(${tag.slice(1, 5)},${tag.slice(5)})`]),
      output]);
    run('dcmdjpls', [output, back]);
    const md5Back = createHash('md5').update(nativePixels(back)).digest('hex');
    const md5Source = createHash('md5').update(nativePixels(join(source, file))).digest('hex');
    if (md5Back !== md5Source || md5Back !== md5) throw new Error(`${file}: the pixels changed`);
    lines.push(`${name},${zMm.toFixed(2)},${md5}`);
    totalBytes += statSync(output).size;
  }
  writeFileSync(join(target, 'pixels.csv'), `${lines.join('\n')}\n`);
  writeFileSync(join(target, 'ATTRIBUTION.txt'), attribution(rows.length));
  console.log(`${rows.length} slices, ${(totalBytes / 1e6).toFixed(2)} MB, every pixel equal to the source`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function parsed(path) {
  const data = dicomParser.parseDicom(readFileSync(path), { untilTag: 'x7fe00010' });
  return { elements: data.elements, string: (tag) => data.string(tag) };
}

function attribution(count) {
  return `LungDesk sample exam
====================

The DICOM files in this folder are a part of LIDC-IDRI-0001 of the LIDC-IDRI collection of The Cancer Imaging Archive.

Licence: Creative Commons Attribution 3.0 Unported (CC BY 3.0), https://creativecommons.org/licenses/by/3.0/
The patient was de-identified by the collection (PatientIdentityRemoved = YES).

Data citation
  Armato III SG, McLennan G, Bidaut L, McNitt-Gray MF, Meyer CR, Reeves AP, et al. (2015). Data From LIDC-IDRI.
  The Cancer Imaging Archive. https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX

Publication citation
  Armato SG III, McLennan G, Bidaut L, McNitt-Gray MF, Meyer CR, Reeves AP, Zhao B, Aberle DR, Henschke CI,
  Hoffman EA, Kazerooni EA, MacMahon H, van Beek EJR, Yankelevitz D, et al. The Lung Image Database Consortium (LIDC)
  and Image Database Resource Initiative (IDRI): a completed reference database of lung nodules on CT scans.
  Medical Physics 38:915-931, 2011.

TCIA citation
  Clark K, Vendt B, Smith K, Freymann J, Kirby J, Koppel P, Moore S, Phillips S, Maffitt D, Pringle M, Tarbox L,
  Prior F. The Cancer Imaging Archive (TCIA): Maintaining and Operating a Public Information Repository.
  Journal of Digital Imaging 26(6):1045-1057, 2013.

What was changed
  - ${count} neighbouring slices of the series (z ${lowestZMm} mm to ${highestZMm} mm) were taken; the others were left out.
  - The pixels were re-encoded as JPEG-LS lossless (1.2.840.10008.1.2.4.80); every pixel value is that of the source
    (pixels.csv holds the MD5 of the native pixels of each slice).
  - Study, Series, SOP Instance and Frame of Reference UIDs were replaced, so that the sample is not taken for a part of
    the full exam; references to objects outside the sample were removed.
  - Files were renamed in the order of their position.

Files made by scripts/make-sample-exam.mjs. Neither the authors of the collection nor The Cancer Imaging Archive endorse LungDesk.
`;
}
