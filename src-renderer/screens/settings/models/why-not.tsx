import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ModelView, OfferedModel, SettingsView } from '../../../../src-shared/domain/views.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useChangeSettings } from '../../../relay-queries.ts';
import { replacedModel, rolesOfModel } from './chosen-models.ts';
import { knownModel, modelTitle, offeredAs } from './known-models.ts';

/** Why a model cannot be chosen, and the one to choose in its place; a click chooses it. */
export function WhyNot({ view, model, offered }: { readonly view: SettingsView; readonly model: ModelView; readonly offered: readonly OfferedModel[] | null }) {
  const { t } = useTranslation();
  const change = useChangeSettings();
  const instead = model.chooseInstead ?? model.endsSoon?.successor ?? null;
  const isChosen = rolesOfModel(view, model).length > 0;
  if (model.notSelectableReason === null && (model.endsSoon === null || !isChosen)) return null;
  const row = instead === null ? null : knownModel(view.models, instead);
  // The relay may write its name in another way.
  const name = row === null ? instead : (offeredAs(view.models, offered ?? [], row)?.id ?? instead);
  const isInUse = row !== null && rolesOfModel(view, row).includes('standard');
  const reason = model.notSelectableReason === null ? null : errorText(t, { code: model.notSelectableReason, message: model.notSelectableReason }).what;
  return (
    <span className="why-not">
      {reason !== null && <span>{reason} </span>}
      {name !== null && (isChosen || !isInUse) && (
        <Button size="compact-xs" variant="subtle" rightSection={<IconArrowRight size={12} aria-hidden />} loading={change.isPending} onClick={() => { change.mutate((now) => replacedModel(view, model, name, now)); }}>
          {t(isChosen ? 'settings.models.replaceBy' : 'settings.models.chooseInstead', { model: modelTitle(view.models, name) })}
        </Button>
      )}
      {name !== null && !isChosen && isInUse && <span className="dimmed"> {t('settings.models.insteadChosen', { model: modelTitle(view.models, name) })}</span>}
    </span>
  );
}
