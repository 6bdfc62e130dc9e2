import type { Settings } from '../../../../src-shared/domain/settings.ts';
import type { ModelView, SettingsView } from '../../../../src-shared/domain/views.ts';
import { knownModel } from './known-models.ts';

/** What a model is chosen for. */
export type ModelRole = 'standard' | 'accurate' | 'second' | 'third' | 'fallback';

/**
 * What a model is chosen for, most important first.
 *
 * @param view - Settings with the catalogue.
 * @param model - Of the catalogue.
 */
export function rolesOfModel(view: SettingsView, model: ModelView): readonly ModelRole[] {
  const is = (id: string | null): boolean => id !== null && knownModel(view.models, id)?.id === model.id;
  const { secondReader, thirdReaderModel, allowedFallbacks } = view.settings;
  const roles: readonly (readonly [ModelRole, boolean])[] = [
    ['standard', is(view.standardModel)], ['accurate', is(view.accurateModel)],
    ['second', secondReader.kind === 'model' && is(secondReader.model)], ['third', is(thirdReaderModel)],
    ['fallback', allowedFallbacks.some((way) => is(way.model))],
  ];
  return roles.filter(([, holds]) => holds).map(([role]) => role);
}

/**
 * The settings with one model in the place of another, wherever that was chosen; with nothing to replace it becomes the standard model.
 *
 * @param view - Settings with the catalogue.
 * @param from - To be replaced.
 * @param to - As it is to be asked for.
 * @param settings - Those that hold when the change is made.
 */
export function replacedModel(view: SettingsView, from: ModelView, to: string, settings: Settings): Partial<Settings> {
  const roles = rolesOfModel(view, from);
  if (roles.length === 0) return { standardModel: to };
  const is = (id: string): boolean => knownModel(view.models, id)?.id === from.id;
  return {
    ...(roles.includes('standard') ? { standardModel: to } : {}),
    ...(roles.includes('accurate') ? { accurateModel: to } : {}),
    ...(roles.includes('second') ? { secondReader: { kind: 'model', model: to } as const } : {}),
    ...(roles.includes('third') ? { thirdReaderModel: to } : {}),
    ...(roles.includes('fallback') ? { allowedFallbacks: settings.allowedFallbacks.map((way) => is(way.model) ? { ...way, model: to } : way) } : {}),
  };
}
