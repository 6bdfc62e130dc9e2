import type { NoduleCandidate } from '../../src-shared/domain/candidate.ts';
import type { Finding, FindingSource } from '../../src-shared/domain/finding.ts';
import type { ReadingProfile } from '../../src-shared/domain/reading-profile.ts';
import type { PlannedTile } from '../../src-shared/domain/request-plan.ts';
import { certainties } from '../../src-shared/domain/tile-answer.ts';
import type { TileRegion } from '../../src-shared/domain/tile-answer.ts';
import { candidateBox, isOnTile, tileBoxes, tileCentre } from './tile-place.ts';
import type { PlacedSlice } from './tile-place.ts';
import type { PlaceFinder } from './place-finding.ts';
import { attenuationOf, findingPriority, findingRank } from './finding-words.ts';

/** A tile with what a model saw on it. */
export interface AnsweredTile {
  readonly planned: PlannedTile;
  readonly model: string;
  /** Empty where it saw nothing focal. */
  readonly regions: readonly TileRegion[];
}

/** What findings are put together from. */
export interface AnswersToMerge {
  /** Tiles with a valid answer; controls among them are left out. */
  readonly tiles: readonly AnsweredTile[];
  readonly candidates: readonly NoduleCandidate[];
  /** Of the series, from feet to head. */
  readonly slices: readonly PlacedSlice[];
  readonly profile: Pick<ReadingProfile, 'urgency'>;
  readonly placeOf: PlaceFinder;
  /** Source of finding ids. */
  readonly newId: () => string;
}

const finder: FindingSource = { kind: 'device', name: 'LungDesk finder', confidence: null };

/**
 * Merges what models marked into findings in patient space.
 *
 * A candidate of the device that a model confirmed is one finding, with the device's own place and size. A marked tile on which
 * such a finding lies says no more than it does; the others, joined over neighbouring tiles, are findings that are only located by
 * their tile. No answer takes a candidate away.
 *
 * @returns Most pressing first, then the largest.
 */
export function mergeFindings(input: AnswersToMerge): readonly Finding[] {
  const marked = input.tiles.filter(({ regions }) => regions.length > 0);
  const confirmed = confirmedCandidates(marked, input);
  const onTiles = marked.filter(({ planned }) => planned.role === 'slab' || planned.role === 'slice');
  const explained = (tile: AnsweredTile): readonly Confirmed[] => confirmed.filter(({ candidate }) => isOnTile(tile.planned, candidate.centreMm, candidate.sliceIndex));
  const places = confirmed.map((one) => placeFinding(one, onTiles.filter((tile) => explained(tile).includes(one)), input));
  const open = onTiles.filter((tile) => explained(tile).length === 0);
  const findings = [...places, ...groupTiles(open).map((group) => tileFinding(group, input))];
  return findings.sort((a, b) => findingRank(b) - findingRank(a) || (b.diameterMm ?? 0) - (a.diameterMm ?? 0));
}

interface Confirmed {
  readonly candidate: NoduleCandidate;
  readonly tiles: readonly AnsweredTile[];
}

function confirmedCandidates(marked: readonly AnsweredTile[], { candidates }: AnswersToMerge): readonly Confirmed[] {
  return candidates.flatMap((candidate) => {
    const tiles = marked.filter(({ planned }) => planned.role === 'candidate' && planned.candidateRank === candidate.rank);
    return tiles.length === 0 ? [] : [{ candidate, tiles }];
  });
}

function placeFinding({ candidate, tiles }: Confirmed, alsoOn: readonly AnsweredTile[], { slices, profile, newId }: AnswersToMerge): Finding {
  const { size, centreMm, side, lobe } = candidate;
  const regions = tiles.flatMap((tile) => tile.regions);
  const diameterMm = size.kind === 'nodule' && size.confidence.level !== 'low' ? size.axes.meanTenths / 10 : null;
  const boxes = slices.slice(candidate.fromSliceIndex, candidate.toSliceIndex + 1).map((slice) => candidateBox(slice, candidate));
  return {
    id: newId(), lobe, side, located: 'place', centreMm, diameterMm,
    attenuation: attenuationOf(regions),
    priority: findingPriority(profile, regions, diameterMm),
    sopInstanceUids: [...new Set(boxes.map(({ sopInstanceUid }) => sopInstanceUid))],
    regions: boxes,
    sources: [finder, ...modelSources([...tiles, ...alsoOn])],
  };
}

function tileFinding(group: readonly AnsweredTile[], { slices, profile, placeOf, newId }: AnswersToMerge): Finding {
  const regions = group.flatMap((tile) => tile.regions);
  const boxes = group.flatMap(({ planned }) => tileBoxes(planned, slices));
  const onSlice = new Map(boxes.map((box) => [box.sliceIndex, box]));
  const centreMm = tileCentre(group.map(({ planned }) => planned));
  const side = group[0]?.planned.side ?? null;
  return {
    id: newId(),
    // A tile's middle says nothing of the lobe.
    side: side ?? placeOf(centreMm).side, lobe: 'indeterminate',
    located: 'tile', centreMm, diameterMm: null,
    attenuation: attenuationOf(regions),
    priority: findingPriority(profile, regions, null),
    sopInstanceUids: [...new Set(boxes.map(({ sopInstanceUid }) => sopInstanceUid))],
    regions: [...onSlice.values()].sort((a, b) => a.sliceIndex - b.sliceIndex),
    sources: modelSources(group),
  };
}

/** Tiles of one lung that show a common slice, or neighbouring ones, tell of one thing as far as anybody knows. */
function groupTiles(tiles: readonly AnsweredTile[]): readonly (readonly AnsweredTile[])[] {
  const groups: AnsweredTile[][] = [];
  for (const [, sameSide] of Map.groupBy(tiles, ({ planned }) => planned.side)) {
    const inOrder = sameSide.toSorted((a, b) => firstSlice(a) - firstSlice(b));
    let reached = -Infinity;
    for (const tile of inOrder) {
      if (firstSlice(tile) <= reached + 1) groups.at(-1)?.push(tile);
      else groups.push([tile]);
      reached = Math.max(reached, tile.planned.sliceIndices.at(-1) ?? -Infinity);
    }
  }
  return groups;
}

function firstSlice({ planned }: AnsweredTile): number {
  return planned.sliceIndices[0] ?? 0;
}

/** One source per model, as certain as it was at its most certain. */
function modelSources(tiles: readonly AnsweredTile[]): readonly FindingSource[] {
  return [...Map.groupBy(tiles, ({ model }) => model)].map(([name, own]) => {
    const said = own.flatMap(({ regions }) => regions.map((region) => certainties.indexOf(region.certainty)));
    return { kind: 'model', name, confidence: null, certainty: certainties[Math.max(...said)] ?? 'low' };
  });
}
