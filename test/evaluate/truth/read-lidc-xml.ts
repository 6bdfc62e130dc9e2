import { DOMParser } from '@xmldom/xmldom';
import { TruthError } from './truth-error.ts';

/** A pixel of a slice that a reader marked. */
export interface LidcPoint {
  readonly sopInstanceUid: string;
  /** Pixel centres at whole numbers, from 0. */
  readonly column: number;
  readonly row: number;
}

/** What a reader drew around a nodule in one slice: its pixels lie next to the nodule, outside of it. */
export interface LidcOutline {
  readonly sopInstanceUid: string;
  /** The outline goes around a hole in the nodule. */
  readonly isHole: boolean;
  /** Pixels along the way, closed. */
  readonly points: readonly (readonly [column: number, row: number])[];
}

/** What a reader said of a nodule of 3 mm and more, each 1 to 5 (calcification and internal structure 1 to 6 and 1 to 4). */
export type LidcCharacteristics = Readonly<Record<
  'subtlety' | 'internalStructure' | 'calcification' | 'sphericity' | 'margin' | 'lobulation' | 'spiculation' | 'texture' | 'malignancy', number | null
>>;

/** One mark of one reader: an outlined nodule of 3 mm and more, a point on one below 3 mm, a point on what is no nodule. */
export type LidcMark =
  | { readonly kind: 'outlined'; readonly outlines: readonly LidcOutline[]; readonly characteristics: LidcCharacteristics }
  | { readonly kind: 'small' | 'non-nodule'; readonly point: LidcPoint };

/** All that the readers of an exam marked after they had seen each other's marks. */
export interface LidcReadings {
  readonly seriesInstanceUid: string;
  /** One list per reader. */
  readonly readers: readonly (readonly LidcMark[])[];
}

const characteristicNames = ['subtlety', 'internalStructure', 'calcification', 'sphericity', 'margin', 'lobulation', 'spiculation', 'texture', 'malignancy'] as const;

/**
 * Reads a file of LIDC-IDRI readings.
 *
 * @param text - XML with a LidcReadMessage.
 * @throws {TruthError} for anything else, with the number of the reader and of the mark.
 * @see Armato SG et al., Med Phys 2011;38:915-931
 */
export function readLidcXml(text: string): LidcReadings {
  const root = parse(text);
  if (root.localName !== 'LidcReadMessage') throw new TruthError('the XML is no reading of a CT exam of LIDC');
  const header = childrenOf(root, 'ResponseHeader')[0];
  const seriesInstanceUid = header === undefined ? '' : textOf(header, 'SeriesInstanceUid');
  if (seriesInstanceUid === '') throw new TruthError('the XML does not tell which series was read');
  const readers = childrenOf(root, 'readingSession').map((session, reader) => {
    const marks = [...childrenOf(session, 'unblindedReadNodule'), ...childrenOf(session, 'nonNodule')];
    return marks.map((mark, index) => {
      const name = `reader ${String(reader + 1)}, mark ${String(index + 1)}`;
      return mark.localName === 'nonNodule' ? { kind: 'non-nodule' as const, point: pointOf(mark, 'locus', name) } : noduleOf(mark, name);
    });
  });
  return { seriesInstanceUid, readers };
}

/** Whether a text may be a file of LIDC-IDRI readings. */
export function looksLikeLidc(text: string): boolean {
  return text.slice(0, 2000).includes('<LidcReadMessage');
}

function parse(text: string): Element {
  const refuse = (): never => { throw new TruthError('the XML is damaged'); };
  let document: Document;
  try {
    // The parser's own messages quote the file. It resolves no external entities.
    document = new DOMParser({ errorHandler: { warning: refuse, error: refuse, fatalError: refuse } }).parseFromString(text, 'text/xml');
  } catch {
    return refuse();
  }
  // A text without any element gives a document without a root, which the types do not say.
  return document.getElementsByTagName('*').length === 0 ? refuse() : document.documentElement;
}

function noduleOf(mark: Element, name: string): LidcMark {
  const rois = childrenOf(mark, 'roi');
  const outlines = rois.map((roi): LidcOutline => ({
    sopInstanceUid: sopOf(roi, name),
    isHole: textOf(roi, 'inclusion').toUpperCase() === 'FALSE',
    points: childrenOf(roi, 'edgeMap').map((edge) => [coordinate(edge, 'xCoord', name), coordinate(edge, 'yCoord', name)]),
  }));
  if (outlines.length === 0 || outlines.some(({ points }) => points.length === 0)) throw new TruthError(`${name}: no outline`);
  const [only] = outlines;
  // A nodule below 3 mm has its middle marked, by a single pixel.
  if (outlines.length === 1 && only?.points.length === 1) return { kind: 'small', point: pointOf(rois[0] ?? mark, 'edgeMap', name) };
  const said = childrenOf(mark, 'characteristics')[0];
  const characteristics = Object.fromEntries(characteristicNames.map((one) => {
    const value = said === undefined ? NaN : Number(textOf(said, one) || NaN);
    return [one, Number.isFinite(value) ? value : null];
  })) as LidcCharacteristics;
  return { kind: 'outlined', outlines, characteristics };
}

function pointOf(parent: Element, tag: string, name: string): LidcPoint {
  const place = childrenOf(parent, tag)[0];
  if (place === undefined) throw new TruthError(`${name}: no place`);
  return { sopInstanceUid: sopOf(parent, name), column: coordinate(place, 'xCoord', name), row: coordinate(place, 'yCoord', name) };
}

function sopOf(parent: Element, name: string): string {
  const uid = textOf(parent, 'imageSOP_UID');
  if (uid === '') throw new TruthError(`${name}: no slice`);
  return uid;
}

function coordinate(parent: Element, tag: string, name: string): number {
  const text = textOf(parent, tag);
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) throw new TruthError(`${name}: ${tag} is not a number`);
  return value;
}

function childrenOf(parent: Element, name: string): readonly Element[] {
  const children: Element[] = [];
  for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
    // 1 is an element; DOM's names of node types are not there outside of a browser.
    if (node.nodeType === 1 && (node as Element).localName === name) children.push(node as Element);
  }
  return children;
}

function textOf(parent: Element, name: string): string {
  return (childrenOf(parent, name)[0]?.textContent ?? '').trim();
}
