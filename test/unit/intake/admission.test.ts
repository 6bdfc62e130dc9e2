import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit } from '../../../src-main/intake/admission.ts';
import type { KnownStudy } from '../../../src-main/intake/admission.ts';
import { contentHash } from '../../../src-main/intake/content-hash.ts';
import { instanceFixture } from './instance-fixture.ts';

function study(instances: Readonly<Record<string, string>>, sourcePath = '/exams/a') {
  return { studyInstanceUid: '1.2', sourcePath, files: Object.entries(instances).map(([uid, pixels]) => instanceFixture('1.2', uid, pixels)) };
}

function knownStudy(instances: Readonly<Record<string, string>>, more: Partial<KnownStudy> = {}): KnownStudy {
  const { files } = study(instances);
  return {
    studyId: 'first', studyInstanceUid: '1.2', contentHash: contentHash(files), sourcePath: '/exams/a', revision: 1,
    instances: new Map(Object.entries(instances)), ...more,
  };
}

const three = { a: 'A', b: 'B', c: 'C' };

describe('admit', () => {
  it.each([
    { what: 'nothing is known', incoming: study(three), known: [], admission: { kind: 'new' } },
    { what: 'another exam is known', incoming: study(three), known: [knownStudy(three, { studyInstanceUid: '1.3' })], admission: { kind: 'new' } },
    { what: 'the same is known here', incoming: study(three), known: [knownStudy(three)], admission: { kind: 'known', studyId: 'first' } },
    { what: 'the same is known elsewhere', incoming: study(three, '/exams/b'), known: [knownStudy(three)], admission: { kind: 'copy', studyId: 'first' } },
    { what: 'a slice is missing here', incoming: study({ a: 'A', b: 'B' }), known: [knownStudy(three)], admission: { kind: 'known', studyId: 'first' } },
    { what: 'a slice is missing elsewhere', incoming: study({ a: 'A' }, '/exams/b'), known: [knownStudy(three)], admission: { kind: 'copy', studyId: 'first' } },
    { what: 'slices came late', incoming: study({ ...three, d: 'D', e: 'E' }), known: [knownStudy(three)], admission: { kind: 'revision', studyId: 'first', addedCount: 2, sameUidOtherPixels: 0 } },
    { what: 'a slice has other pixels', incoming: study({ ...three, b: 'X' }), known: [knownStudy(three)], admission: { kind: 'revision', studyId: 'first', addedCount: 0, sameUidOtherPixels: 1 } },
    { what: 'a slice is replaced by another', incoming: study({ a: 'A', b: 'B', d: 'D' }), known: [knownStudy(three)], admission: { kind: 'revision', studyId: 'first', addedCount: 1, sameUidOtherPixels: 0 } },
    { what: 'another series of it is known', incoming: study({ x: 'X' }), known: [knownStudy(three)], admission: { kind: 'revision', studyId: 'first', addedCount: 1, sameUidOtherPixels: 0 } },
    {
      what: 'a later revision has it all', incoming: study({ ...three, d: 'D' }),
      known: [knownStudy(three), knownStudy({ ...three, d: 'D' }, { studyId: 'second', revision: 2 })], admission: { kind: 'known', studyId: 'second' },
    },
    {
      what: 'two places have it', incoming: study(three, '/exams/b'),
      known: [knownStudy(three, { revision: 3 }), knownStudy(three, { studyId: 'second', sourcePath: '/exams/b' })], admission: { kind: 'known', studyId: 'second' },
    },
    {
      what: 'two revisions lack a slice', incoming: study({ ...three, d: 'D', e: 'E' }),
      known: [knownStudy(three), knownStudy({ ...three, d: 'D' }, { studyId: 'second', revision: 2 })],
      admission: { kind: 'revision', studyId: 'second', addedCount: 1, sameUidOtherPixels: 0 },
    },
    { what: 'no file of a known exam is whole', incoming: study({}), known: [knownStudy(three)], admission: { kind: 'known', studyId: 'first' } },
  ])('answers $admission.kind when $what', ({ incoming, known, admission }) => {
    expect(admit(incoming, known)).toEqual(admission);
  });

  it('counts an instance that is there twice once', () => {
    const twice = study({ ...three, d: 'D' });
    expect(admit({ ...twice, files: [...twice.files, ...twice.files] }, [knownStudy(three)])).toMatchObject({ addedCount: 1 });
  });

  it('asks for anything that adds pixels to what is known, and for nothing else', () => {
    const content = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('A', 'B'), { minKeys: 1 });
    fc.assert(fc.property(content, content, (incoming, known) => {
      const isCovered = Object.entries(incoming).every(([uid, pixels]) => known[uid] === pixels);
      expect(admit(study(incoming), [knownStudy(known)]).kind).toBe(isCovered ? 'known' : 'revision');
    }));
  });
});

describe('contentHash', () => {
  const pairs = fc.uniqueArray(fc.record({ uid: fc.stringMatching(/^[0-9.]{1,8}$/), pixels: fc.stringMatching(/^[0-9a-f]{1,8}$/) }), {
    selector: ({ uid }) => uid,
  });
  const hashOf = (content: readonly { uid: string; pixels: string }[]) =>
    contentHash(content.map(({ uid, pixels }) => instanceFixture('1.2', uid, pixels)));

  it('is the SHA-256 of the sorted pairs', () => {
    // printf '1=aa\n2=bb\n' | sha256sum
    expect(hashOf([{ uid: '2', pixels: 'bb' }, { uid: '1', pixels: 'aa' }]))
      .toBe('efb4ea2e93bb31024270737547c2184d9fa0a03d61c00af96dffac5149a63a09');
  });

  it('does not depend on order or repetition', () => {
    fc.assert(fc.property(pairs, fc.nat(), (content, turn) => {
      const turned = content.length === 0 ? content : [...content.slice(turn % content.length), ...content.slice(0, turn % content.length)];
      expect(hashOf([...turned, ...content])).toBe(hashOf(content));
    }));
  });

  it('differs when the content differs', () => {
    fc.assert(fc.property(pairs, pairs, (a, b) => {
      const text = (content: typeof a) => JSON.stringify(content.map(({ uid, pixels }) => [uid, pixels]).sort());
      fc.pre(text(a) !== text(b));
      expect(hashOf(a)).not.toBe(hashOf(b));
    }));
  });
});
