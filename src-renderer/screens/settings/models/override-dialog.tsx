import { Button, Modal, NumberInput, SegmentedControl, Select, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelOverride, TypedPrice } from '../../../../src-shared/domain/model-overrides.ts';
import { isImplausiblePrice } from '../../../../src-shared/domain/plausible-price.ts';
import { relayTitle } from '../../../../src-shared/domain/relay-title.ts';
import type { ModelView, SettingsView } from '../../../../src-shared/domain/views.ts';
import { NoticeBox } from '../../../components/notice-box.tsx';
import { useFormat } from '../../../i18n/use-format.ts';
import { useChangeSettings } from '../../../relay-queries.ts';
import { hostOf } from '../relays/relay-standing.ts';
import { emptyOverride, overrideOf, withOverride } from './edit-overrides.ts';

interface OverrideDialogProps {
  readonly view: SettingsView;
  readonly model: ModelView;
  readonly onClose: () => void;
}

type Typed = Record<'input' | 'cachedInput' | 'output', number | string>;
const fields = ['input', 'cachedInput', 'output'] as const;

function typedOf(price: Pick<TypedPrice, 'input' | 'cachedInput' | 'output'> | null): Typed {
  return { input: price === null ? '' : price.input / 1e6, cachedInput: price === null ? '' : price.cachedInput / 1e6, output: price === null ? '' : price.output / 1e6 };
}

/** Integer micro-USD per million tokens; null while a number is missing. */
function priceOf(typed: Typed, cacheWrite: number | null): TypedPrice | null {
  const amount = (name: keyof Typed): number | null => typeof typed[name] === 'number' ? Math.round(typed[name] * 1e6) : null;
  const [input, cachedInput, output] = [amount('input'), amount('cachedInput'), amount('output')];
  if (input === null || output === null) return null;
  return { input, cachedInput: cachedInput ?? input, cacheWrite, output };
}

function OverrideForm({ view, model, relayId, onClose }: OverrideDialogProps & { readonly relayId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = useChangeSettings();
  const saved = overrideOf(view.settings.modelOverrides, relayId, model.id);
  const [choice, setChoice] = useState<ModelOverride['choice']>(saved?.choice ?? null);
  const [isOwn, setIsOwn] = useState((saved?.price ?? null) !== null);
  const [typed, setTyped] = useState<Typed>(typedOf(saved?.price ?? model.listPrice));
  const [asked, setAsked] = useState(false);
  const price = isOwn ? priceOf(typed, saved?.price?.cacheWrite ?? null) : null;
  const missing = isOwn && price === null;
  const save = (): void => {
    change.mutate(({ modelOverrides }) => ({ modelOverrides: withOverride(modelOverrides, { ...(overrideOf(modelOverrides, relayId, model.id) ?? emptyOverride(relayId, model.id)), choice, price }) }), { onSuccess: onClose });
  };
  const trySave = (): void => {
    if (price !== null && !asked && isImplausiblePrice(price, model.listPrice)) setAsked(true);
    else save();
  };
  // Every digit counts here: a rounded slip would look right.
  const exact = (amount: number): string => new Intl.NumberFormat(format.locale, { style: 'currency', currency: 'USD', maximumFractionDigits: 6 }).format(amount / 1e6);
  const pair = (from: { readonly input: number; readonly output: number } | null): string => from === null ? '' : `${exact(from.input)} / ${exact(from.output)}`;
  return (
    <form className="override" onSubmit={(event) => { event.preventDefault(); if (!missing) trySave(); }}>
      <div>
        <p className="field-label" id="override-choice">{t('settings.override.choice')}</p>
        <SegmentedControl fullWidth aria-labelledby="override-choice" value={choice ?? 'catalogue'} onChange={(wanted) => { setChoice(wanted === 'allow' || wanted === 'deny' ? wanted : null); }}
          data={(['catalogue', 'allow', 'deny'] as const).map((value) => ({ value, label: t(`settings.override.choices.${value}`) }))} />
        <p className="field-text">{t(`settings.override.choiceText.${choice ?? 'catalogue'}`)}</p>
      </div>
      <Switch checked={isOwn} label={t('settings.override.own')} description={model.listPrice === null ? t('settings.override.noList') : t('settings.override.list', { list: pair(model.listPrice) })} onChange={(event) => { setIsOwn(event.currentTarget.checked); setAsked(false); }} />
      {isOwn && (
        <div className="settings-three">
          {fields.map((name) => (
            <NumberInput key={name} label={t(`settings.override.fields.${name}`)} value={typed[name]} min={0} max={1_000_000} decimalScale={6} prefix="$" hideControls
              onChange={(value) => { setTyped({ ...typed, [name]: value }); setAsked(false); }} />
          ))}
        </div>
      )}
      {asked && price !== null && <NoticeBox kind="warn" title={t('settings.override.sureTitle')}>{t('settings.override.sureText', { typed: pair(price), list: pair(model.listPrice) })}</NoticeBox>}
      <div className="override-ways">
        <Button variant="subtle" color="gray" onClick={onClose}>{t('settings.cancel')}</Button>
        {asked
          ? <Button color="red" loading={change.isPending} onClick={save}>{t('settings.override.sure')}</Button>
          : <Button type="submit" disabled={missing} loading={change.isPending}>{t('settings.override.save')}</Button>}
      </div>
    </form>
  );
}

/** What the clinic knows better than the catalogue about one model on one relay. */
export function OverrideDialog({ view, model, onClose }: OverrideDialogProps) {
  const { t } = useTranslation();
  const relays = view.settings.relays.map((relay) => ({ value: relay.id, label: relayTitle(relay, hostOf(relay.baseUrl) ?? relay.baseUrl) }));
  const [relayId, setRelayId] = useState(relays[0]?.value ?? '');
  return (
    <Modal opened onClose={onClose} title={t('settings.override.title', { model: model.title })} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {relays.length > 1
        ? <Select className="override-relay" label={t('settings.override.relay')} data={relays} value={relayId} allowDeselect={false} onChange={(id) => { if (id !== null) setRelayId(id); }} />
        : <p className="override-text dimmed">{t('settings.override.at', { relay: relays[0]?.label ?? '' })}</p>}
      <OverrideForm key={relayId} view={view} model={model} relayId={relayId} onClose={onClose} />
    </Modal>
  );
}
