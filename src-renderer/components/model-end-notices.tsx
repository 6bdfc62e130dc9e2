import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ModelView, SettingsView } from '../../src-shared/domain/views.ts';
import { errorText } from '../i18n/error-text.ts';
import { useFormat } from '../i18n/use-format.ts';
import { useChangeSettings } from '../relay-queries.ts';
import { replacedModel, rolesOfModel } from '../screens/settings/models/chosen-models.ts';
import { modelTitle } from '../screens/settings/models/known-models.ts';
import { NoticeBox } from './notice-box.tsx';

function EndNotice({ view, model }: { readonly view: SettingsView; readonly model: ModelView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = useChangeSettings();
  const reason = model.notSelectableReason;
  const instead = reason === null ? (model.endsSoon?.successor ?? null) : model.chooseInstead;
  const roles = rolesOfModel(view, model).map((role) => t(`settings.models.roleWords.${role}`)).join(t('settings.models.roleJoin'));
  const title = reason !== null || model.endsSoon === null
    ? t('modelEnd.closed', { model: model.title, reason: errorText(t, { code: reason ?? 'model-retired', message: '' }).what })
    : t('modelEnd.soon', { model: model.title, count: model.endsSoon.daysLeft, date: format.date(model.endsSoon.endsOn.replaceAll('-', '')) });
  return (
    <NoticeBox kind={reason === null ? 'calm' : 'warn'} title={title}>
      {t('modelEnd.role', { roles })}
      {instead !== null && (
        <Button className="notice-act" size="compact-xs" variant="light" loading={change.isPending} onClick={() => { change.mutate((now) => replacedModel(view, model, instead, now)); }}>
          {t('modelEnd.choose', { model: modelTitle(view.models, instead) })}
        </Button>
      )}
    </NoticeBox>
  );
}

/** Says of every chosen model that ends within 30 days, or cannot be used any more, what to choose in its place; nothing else. */
export function ModelEndNotices({ view }: { readonly view: SettingsView }) {
  const ending = view.models.filter((model) => (model.endsSoon !== null || model.notSelectableReason !== null) && rolesOfModel(view, model).length > 0);
  if (ending.length === 0) return null;
  return <div className="model-ends">{ending.map((model) => <EndNotice key={model.id} view={view} model={model} />)}</div>;
}
