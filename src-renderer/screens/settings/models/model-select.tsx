import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ModelView, SettingsView } from '../../../../src-shared/domain/views.ts';
import { plainText } from '../../../components/plain-text.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { useDiagnoses, useLastCheck } from '../../../relay-queries.ts';
import { modelTitle, offeredAs, unknownOffered } from './known-models.ts';

interface ModelSelectProps {
  readonly label: string;
  readonly view: SettingsView;
  /** Relay whose own list and names count. */
  readonly relayId: string;
  readonly value: string | null;
  /** Models that nobody knows may be chosen before they have passed a diagnosis. */
  readonly includesUnproven?: boolean;
  readonly description?: string;
  readonly placeholder?: string;
  readonly error?: string | undefined;
  readonly className?: string;
  readonly onChoose: (model: string) => void;
  /** Offered where nobody may be chosen. */
  readonly onClear?: () => void;
}

/** A choice among the models; those that cannot be chosen are in it with the reason. */
export function ModelSelect({ label, view, relayId, value, includesUnproven = false, description, placeholder, error, className, onChoose, onClear }: ModelSelectProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [check, diagnoses] = [useLastCheck(relayId), useDiagnoses().data ?? []];
  const { models } = view;
  const offered = check?.state === 'ok' ? check.models : [];
  const proven = (id: string): boolean => diagnoses.some((one) => one.relayId === relayId && one.model === id && one.state !== 'failed' && !one.outOfDate);
  const why = (model: ModelView): string | null => model.notSelectableReason === null ? null : errorText(t, { code: model.notSelectableReason, message: model.notSelectableReason }).what;
  const known = models.map((model) => ({ value: offeredAs(models, offered, model)?.id ?? model.id, label: model.title, disabled: model.notSelectableReason !== null, model }))
    .sort((left, right) => Number(left.disabled) - Number(right.disabled));
  const unknown = unknownOffered(models, offered).map(({ id }) => ({ value: id, label: plainText(id), disabled: !includesUnproven && !proven(id), model: null }));
  const listed = [...known, ...unknown].filter((item, index, all) => all.findIndex((other) => other.value === item.value) === index);
  // A model may have been chosen under a name that the list does not have now.
  const shown = value === null || listed.some((item) => item.value === value) ? listed : [...listed, { value, label: modelTitle(models, value), disabled: false, model: null }];
  return (
    <Select label={label} description={description} placeholder={placeholder} error={error} {...(className === undefined ? {} : { className })} data={shown.map(({ value: id, label: title, disabled }) => ({ value: id, label: title, disabled }))} value={value} allowDeselect={false}
      clearable={onClear !== undefined} clearButtonProps={{ 'aria-label': t('settings.models.nobody') }} searchable maxDropdownHeight={340} nothingFoundMessage={t('settings.models.nothing')}
      onChange={(id) => { if (id === null) onClear?.(); else onChoose(id); }}
      renderOption={({ option }) => {
        const item = shown.find((one) => one.value === option.value);
        const model = item?.model ?? null;
        const reason = model === null ? (option.disabled === true ? t('settings.models.unproven') : null) : why(model);
        const price = model === null || model.inputMicroUsdPerMillion === null || model.outputMicroUsdPerMillion === null ? null : `${format.money(model.inputMicroUsdPerMillion)} / ${format.money(model.outputMicroUsdPerMillion)}`;
        return <span className="model-option"><span>{option.label}</span><span className={reason === null ? 'dimmed' : 'option-why'}>{reason ?? price ?? ''}</span></span>;
      }} />
  );
}
