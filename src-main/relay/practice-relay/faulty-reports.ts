import type { ChatRequest } from './chat-request.ts';
import type { Fault } from './faults.ts';
import { hostileTextOf } from './hostile-text.ts';
import { reportRegion } from './tile-report.ts';
import type { Report, ReportRegion } from './tile-report.ts';

/** A report whose fields may hold anything. */
type LooseReport = { readonly [Field in keyof Report]: unknown };

/**
 * What a model with a fault would report.
 *
 * @param report - What a sound one reports.
 * @param fault - How to go wrong; faults of other kinds leave the report alone.
 * @param request - What was asked.
 */
export function faultyReport(report: Report, fault: Fault, request: ChatRequest): LooseReport {
  const { seen, regions } = report;
  const unclear = (report as Partial<Report>).unclear ?? [];
  const numbers = [...seen, ...unclear].sort((a, b) => a - b);
  const [first] = seen;
  if (first === undefined) return report;
  const others = regions.filter((region) => region.tile !== first);
  const invented = (tile: number): ReportRegion => reportRegion(tile, { meanGrey: 236, roundness: 0.9 }, request.attributes);
  const withRegion = (region: Readonly<Record<string, unknown>>): LooseReport => ({ ...report, regions: [region, ...others] });
  switch (fault.kind) {
    case 'wrong-code': return { ...report, request: 'another-request' };
    case 'missing-tile': return { ...report, seen: seen.slice(1), regions: others };
    case 'skips-tiles': {
      const kept = seen.filter((_, index) => index % 2 === 0);
      return { ...report, seen: kept, regions: regions.filter((region) => kept.includes(region.tile)) };
    }
    case 'duplicate-tile': return { ...report, seen: [first, ...seen] };
    case 'doubled-numbers': return { ...report, seen: [...seen, ...seen] };
    case 'both-lists': return { ...report, unclear: [...unclear, first] };
    case 'foreign-tile': return { ...report, seen: seen.map((number) => number - 1), regions: regions.map((region) => ({ ...region, tile: region.tile - 1 })) };
    case 'invents-tiles': return { ...report, seen: [...seen, Math.max(...numbers) + 1] };
    case 'numbers-as-text': return { ...report, seen: seen.map(String) };
    case 'bad-tile': return withRegion({ tile: first, certainty: 85 });
    case 'foreign-words': return withRegion({ ...invented(first), ...Object.fromEntries(request.attributes.map(({ name }) => [name, 'shiny'])) });
    case 'other-spelling': return { ...report, regions: regions.map(otherSpelling) };
    case 'coordinates': return withRegion({ ...invented(first), box: [400, 400, 450, 450] });
    case 'many-regions': return { ...report, regions: [...Array.from({ length: 40 }, () => invented(first)), ...others] };
    case 'extra-field': return { ...report, summary: 'All normal.' } as LooseReport;
    case 'missing-field': return { request: report.request, seen, regions } as unknown as LooseReport;
    case 'unseen-tile': return { ...report, seen: seen.slice(1), unclear: [...unclear, first], regions: others };
    case 'unclear-with-region': return { ...report, seen: seen.slice(1), unclear: [...unclear, first], regions: [invented(first), ...others] };
    case 'all-unclear': return { ...report, seen: [], unclear: numbers, regions: [] };
    case 'nothing-seen': return { ...report, regions: [] };
    // A model that never saw the pictures says the same of each.
    case 'blank-positive':
    case 'blind': return { ...report, seen: numbers, unclear: [], regions: numbers.map(invented) };
    case 'hostile-words': return withRegion({ ...invented(first), certainty: hostileTextOf(fault.how) });
    default: return report;
  }
}

function otherSpelling(region: ReportRegion): ReportRegion {
  const words = Object.entries(region).map(([name, value]) => [name, typeof value === 'string' ? ` ${value.toUpperCase().replaceAll('-', ' ')}` : value]);
  return Object.fromEntries(words) as ReportRegion;
}
