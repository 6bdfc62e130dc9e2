import type { LungMaskNote } from '../../../src-shared/domain/lungs.ts';
import type { ReportFacts, ReportFinding } from './report-facts.ts';
import type { ReportPhrases } from './report-phrases.ts';

const notes: Readonly<Record<LungMaskNote, string>> = {
  'one-lung-missing': 'Only one lung could be outlined.',
  'lungs-parted-by-midline': 'Right and left lung were parted at the midline of the body.',
  'cut-at-the-top': 'The scan does not reach the top of the lungs.',
  'cut-at-the-bottom': 'The scan does not reach the bottom of the lungs.',
  'cut-at-the-sides': 'The field of view cuts the lungs at the sides.',
  'slices-missing': 'Slices are missing within the lungs.',
};

/** A report in English. */
export function englishPhrases(): ReportPhrases {
  return {
    title: 'DRAFT REPORT: CT OF THE CHEST',
    technique: 'TECHNIQUE', findings: 'FINDINGS', impression: 'IMPRESSION', notice: 'NOTICE',
    noticeText: 'Research use only. Not a medical device. This is a draft: a qualified reader checks it against the images and decides.',
    practiceText: 'The answers come from the built-in practice relay and mean nothing for a patient.',
    finding(finding, sliceCount) {
      const { diameterMm, volumeMm3 } = finding;
      const size = diameterMm === null ? ['not measured'] : [`mean diameter ${diameterMm} mm`, ...(volumeMm3 === null ? [] : [`volume ${String(volumeMm3)} mm³`])];
      return `${[`${named(finding)} in ${place(finding)}`, ...size, ...onSlices(finding, sliceCount)].join(', ')}.`;
    },
    shortFinding: (finding) => `${[named(finding), ...(finding.diameterMm === null ? [] : [`${finding.diameterMm} mm`]), place(finding).replace(/^the (?=right|left)/, '')].join(', ')}.`,
    findingCount: (count) => `${String(count)} ${count === 1 ? 'finding is' : 'findings are'} marked.`,
    restAbove: 'The other findings are listed above.',
    noFindings: ({ plan, coverage }) => [
      plan === 'device-only' ? 'No reader has confirmed a finding.' : 'No finding was marked in what was read.',
      coverage.isWhole ? '' : 'Nothing can be said about what was not read.',
    ].filter((sentence) => sentence !== '').join(' '),
    exam: (sliceCount) => (sliceCount === null ? 'CT of the chest.' : `CT of the chest, ${String(sliceCount)} slices, numbered from the feet.`),
    method({ plan, models, deviceSearched }) {
      const device = deviceSearched ? 'The lungs were searched for nodules on the device.' : 'The device did not search the lungs.';
      if (plan === 'device-only') return `${device} No model was asked.`;
      return models.length === 0 ? device : `${device} Pictures of the exam were shown to ${models.length === 1 ? 'the model' : 'the models'} ${models.join(', ')}.`;
    },
    measures: 'Diameters and volumes were measured by the device. Lobes are estimates: fissures are not looked for.',
    openCandidates: (count) =>
      `The device marked ${String(count)} ${count === 1 ? 'place' : 'places'} that no finding confirms; ${count === 1 ? 'it is' : 'they are'} not part of this report.`,
    coverage,
    stretches: (unread) => `Not read: ${unread.map(({ fromSlice, toSlice, fromMm, toMm }) =>
      `${fromSlice === toSlice ? `slice ${String(fromSlice)}` : `slices ${String(fromSlice)} to ${String(toSlice)}`} (${fromMm.toFixed(1)} to ${toMm.toFixed(1)} mm)`).join('; ')}.`,
    verification: (asked, answered) => `Of ${String(asked)} candidates that were shown to a model, ${String(answered)} were answered.`,
    note: (note) => notes[note],
    markedBy: (sources) => `Marked by: ${sources.map(({ kind, name }) => (kind === 'device' ? 'the device' : `${kind} ${name}`)).join(', ')}.`,
    onlyRegion: 'Only the region is known: a model marked it, and no candidate of the device was confirmed there.',
  };
}

function named({ attenuation, located }: ReportFinding): string {
  const noun = located === 'place' ? 'nodule' : 'focal opacity';
  const words = attenuation === 'indeterminate' ? noun : `${attenuation} ${noun}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function place({ side, lobe }: ReportFinding): string {
  if (lobe !== 'indeterminate') return `the ${lobe.replace('-', ' ')} lobe`;
  return side === 'indeterminate' ? 'the lung' : `the ${side} lung`;
}

function onSlices({ slices }: ReportFinding, sliceCount: number | null): readonly string[] {
  if (slices === null) return [];
  const { from, to } = slices;
  const which = from === to ? `slice ${String(from)}` : `slices ${String(from)} to ${String(to)}`;
  return [`on ${which}${sliceCount === null ? '' : ` of ${String(sliceCount)}`}`];
}

function coverage({ isWhole, planned, byModel, byDevice, outline }: ReportFacts['coverage']): string {
  const read = `${String(byModel + byDevice)} of ${String(planned)} slices that were to be read`;
  const by = byModel > 0 && byDevice > 0 ? ` (${String(byModel)} by a model, ${String(byDevice)} by the device alone)` : byModel > 0 ? ' (by a model)' : byDevice > 0 ? ' (by the device alone)' : '';
  const body = outline === 'body' ? ' The lungs could not be outlined; the whole body region was to be read.' : outline === 'none' ? ' The lungs were not outlined.' : '';
  return isWhole ? `All of the outlined lungs was read: ${read}${by}.` : `Coverage is partial: ${read} were read${by}.${body}`;
}
