import { namesToTry } from '../../../../src-shared/domain/model-names.ts';
import type { ModelView, OfferedModel } from '../../../../src-shared/domain/views.ts';

/**
 * The catalogue's row for a model, however a relay writes its name; null for one that it does not know.
 *
 * @param models - Of the catalogue.
 * @param id - As a relay or the settings write it.
 */
export function knownModel(models: readonly ModelView[], id: string): ModelView | null {
  for (const name of namesToTry(id)) {
    const found = models.find((model) => model.id === name && (!model.practice || model.id === id));
    if (found !== undefined) return found;
  }
  return null;
}

/** What people call a model: its title, or the relay's name for one that nobody knows. */
export function modelTitle(models: readonly ModelView[], id: string): string {
  return knownModel(models, id)?.title ?? id;
}

/**
 * How a relay writes a catalogue model's name on its own list; the plain name goes before others.
 *
 * @param offered - The relay's list.
 * @returns null where it is not on the list.
 */
export function offeredAs(models: readonly ModelView[], offered: readonly OfferedModel[], model: ModelView): OfferedModel | null {
  return offered.find(({ id }) => id === model.id) ?? offered.find(({ id }) => knownModel(models, id)?.id === model.id) ?? null;
}

/** Models of a relay's list that the catalogue does not know. */
export function unknownOffered(models: readonly ModelView[], offered: readonly OfferedModel[]): readonly OfferedModel[] {
  return offered.filter(({ id }) => knownModel(models, id) === null);
}
