import type { Series } from '../../src-shared/domain/study.ts';

/** A series that covers at least this share of the longest one is as good as it in coverage. */
const enoughCoverage = 0.9;
/** Spacings within this share count as equal. */
const equalSpacing = 0.1;

/** Convolution kernels for lung: named so, or sharp by the makers' naming (GE, Siemens, Philips, Canon). */
const sharpKernel = /LUNG|BONE|CHST|EDGE|SHARP|^[BDH][5-9]\d|^B[LR]5[7-9]|^BR[6-9]|^BL|^FC(5|8)\d|^Y[A-D]$|^[LDE]$/;

/**
 * Chooses the series to read among those that are fit.
 *
 * Of the series that cover the most: without gaps before gaps, thin before thick spacing, lung before soft kernel, then the
 * lower series number.
 *
 * @param fit - Series without a rejection.
 * @returns Null when there is none.
 */
export function chooseSeries(fit: readonly Series[]): Series | null {
  const longest = Math.max(...fit.map(coverageMm));
  const covering = fit.filter((series) => coverageMm(series) >= longest * enoughCoverage);
  const whole = covering.filter((series) => series.problems.every(({ code }) => code !== 'series-gap'));
  const candidates = whole.length > 0 ? whole : covering;
  const thinnest = Math.min(...candidates.map(thicknessMm));
  const thin = candidates.filter((series) => thicknessMm(series) <= thinnest * (1 + equalSpacing));
  return thin.toSorted(byPreference)[0] ?? null;
}

function byPreference(a: Series, b: Series): number {
  return (
    Number(isSharp(b)) - Number(isSharp(a)) ||
    coverageMm(b) - coverageMm(a) ||
    (a.seriesNumber ?? Number.MAX_SAFE_INTEGER) - (b.seriesNumber ?? Number.MAX_SAFE_INTEGER) ||
    (a.seriesInstanceUid < b.seriesInstanceUid ? -1 : 1)
  );
}

function isSharp(series: Series): boolean {
  const kernel = series.slices[0]?.header.convolutionKernel ?? '';
  return sharpKernel.test(kernel.toUpperCase()) || /lung|肺窗/i.test(series.seriesDescription ?? '');
}

function coverageMm(series: Series): number {
  const first = series.slices[0];
  const last = series.slices.at(-1);
  return first === undefined || last === undefined ? 0 : last.positionMm - first.positionMm;
}

/** Overlapping thick slices are thick: the larger of spacing and thickness counts. */
function thicknessMm(series: Series): number {
  return Math.max(series.spacingBetweenSlicesMm ?? Infinity, series.slices[0]?.header.sliceThickness ?? 0);
}
