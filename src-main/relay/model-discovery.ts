import * as z from 'zod';
import type { ListedModel, ModelCatalogue } from './catalogue.ts';

/** A model of one relay: what the catalogue and the relay's own list say of it together. */
export interface RelayModel {
  /** As the relay writes it, where it lists it. */
  readonly id: string;
  /** Catalogue's name; null for a model that only the relay knows. */
  readonly knownAs: string | null;
  readonly offered: boolean;
  /** Nobody but the relay knows it: it may be chosen only after it has passed the diagnosis. */
  readonly needsDiagnosis: boolean;
  /** First UTC day without it, YYYY-MM-DD: the earlier of what catalogue and relay say. */
  readonly shutdownDate: string | null;
}

const dateSchema = z.union([z.iso.date(), z.iso.datetime({ offset: true }), z.int().min(0).max(10_000_000_000)]).nullish().catch(null);
const listedSchema = z.object({ id: z.string().min(1).max(200), shutdown_date: dateSchema });
const mostModels = 5000;

/**
 * Reads the `data` of a relay's GET /v1/models. Prices that resellers put into it are not looked at.
 *
 * @param data - Anything; entries that are no models are left out, of more than 5,000 the rest.
 */
export function readModelList(data: unknown): readonly ListedModel[] {
  if (!Array.isArray(data)) return [];
  return data.slice(0, mostModels).flatMap((entry: unknown) => {
    const parsed = listedSchema.safeParse(entry);
    return parsed.success ? [{ id: parsed.data.id, shutdownDate: dayOf(parsed.data.shutdown_date ?? null) }] : [];
  });
}

/**
 * Puts the catalogue and a relay's own list together: first what the relay offers and the catalogue knows, then what only
 * the relay knows, then what the catalogue shows and the relay does not offer.
 *
 * @param catalogue - Models that it only has rules for are left out unless the relay offers them.
 * @param listed - From readModelList; empty where the relay has no list, and then nothing is known to be offered.
 */
export function mergeDiscovered(catalogue: ModelCatalogue, listed: readonly ListedModel[], nowMs: number): readonly RelayModel[] {
  const offered = listed.map((entry): RelayModel => {
    const model = catalogue.findModel(entry.id);
    const dates = [model?.shutdownDate, entry.shutdownDate].filter((date) => date !== null && date !== undefined).sort();
    return { id: entry.id, knownAs: model?.id ?? null, offered: true, needsDiagnosis: model === null, shutdownDate: dates[0] ?? null };
  });
  const names = new Set(offered.map((model) => model.knownAs));
  const others = catalogue.modelViews(nowMs, false).filter((model) => !names.has(model.id));
  return [
    ...offered.filter((model) => model.knownAs !== null),
    ...offered.filter((model) => model.knownAs === null),
    ...others.map(({ id, shutdownDate }): RelayModel => ({ id, knownAs: id, offered: false, needsDiagnosis: false, shutdownDate })),
  ];
}

/** Relays write the date as a day, as a moment, or in seconds since the epoch. */
function dayOf(date: string | number | null): string | null {
  if (date === null) return null;
  return typeof date === 'number' ? new Date(date * 1000).toISOString().slice(0, 10) : new Date(date).toISOString().slice(0, 10);
}
