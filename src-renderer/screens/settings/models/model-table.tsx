import { ActionIcon } from '@mantine/core';
import { IconAdjustments, IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelayDiagnosisView } from '../../../../src-shared/domain/diagnosis.ts';
import type { RelaySetting } from '../../../../src-shared/domain/relay-setting.ts';
import type { ControlRates, ModelView, OfferedModel, SettingsView } from '../../../../src-shared/domain/views.ts';
import { plainText } from '../../../components/plain-text.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { useControlRates, useDiagnoses, useLastCheck } from '../../../relay-queries.ts';
import { rolesOfModel } from './chosen-models.ts';
import { overrideOf } from './edit-overrides.ts';
import { knownModel, offeredAs, unknownOffered } from './known-models.ts';
import { ControlsCell, EndCell, OfferedCell, ProvenCell } from './model-cells.tsx';
import { PriceCell } from './price-cell.tsx';
import { WhyNot } from './why-not.tsx';

interface ModelTableProps {
  readonly view: SettingsView;
  /** In use: prices, offers and proofs are its. */
  readonly relay: RelaySetting;
  readonly relayName: string;
  readonly onEdit: (model: ModelView) => void;
}

const filters = ['all', 'usable', 'closed', 'relayOnly'] as const;
type Filter = (typeof filters)[number];

interface Known {
  /** Null before the relay was asked for its list. */
  readonly offered: readonly OfferedModel[] | null;
  readonly diagnoses: readonly RelayDiagnosisView[];
  readonly rates: readonly ControlRates[];
}

function ModelRow({ view, relay, model, known, onEdit }: { readonly view: SettingsView; readonly relay: RelaySetting; readonly model: ModelView; readonly known: Known; readonly onEdit: (model: ModelView) => void }) {
  const { t } = useTranslation();
  const { offered, diagnoses, rates } = known;
  const offer = offered === null ? null : offeredAs(view.models, offered, model);
  const same = (id: string): boolean => knownModel(view.models, id)?.id === model.id;
  const override = overrideOf(view.settings.modelOverrides, relay.id, model.id);
  const Eye = model.vision ? IconEye : IconEyeOff;
  return (
    <tr className={model.notSelectableReason === null ? '' : 'is-closed'}>
      <th scope="row">
        <span className="model-head">
          <span className="model-title">{model.title}</span>
          {rolesOfModel(view, model).map((role) => <span key={role} className="model-role">{t(`settings.models.roles.${role}`)}</span>)}
        </span>
        <span className="model-id"><span className="model-vision"><Eye size={13} aria-hidden />{t(model.vision ? 'settings.models.vision' : 'settings.models.textOnly')}</span> <code>{model.id}</code></span>
        <WhyNot view={view} model={model} offered={offered} />
      </th>
      <td className="number"><PriceCell model={model} override={override} /></td>
      <td><EndCell model={model} offer={offer} /></td>
      <td><OfferedCell model={model} offered={offered} offer={offer} /><ProvenCell diagnosis={diagnoses.find((one) => one.relayId === relay.id && same(one.model)) ?? null} /></td>
      <td><ControlsCell rates={rates.filter((one) => same(one.model))} /></td>
      <td className="model-edit">{!view.practice && <ActionIcon variant="subtle" color={override === null ? 'gray' : 'accent'} aria-label={t('settings.models.overrideOf', { model: model.title })} title={t('settings.models.override')} onClick={() => { onEdit(model); }}><IconAdjustments size={16} aria-hidden /></ActionIcon>}</td>
    </tr>
  );
}

function UnknownRow({ offer, diagnosis }: { readonly offer: OfferedModel; readonly diagnosis: RelayDiagnosisView | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <tr>
      <th scope="row"><code className="unknown-model">{plainText(offer.id)}</code><span className="model-id">{t('settings.models.unknown')}</span></th>
      <td className="number"><span className="dimmed">{t('settings.models.noPrice')}</span></td>
      <td>{offer.shutdownDate === null ? <span className="dimmed">–</span> : format.date(offer.shutdownDate.replaceAll('-', ''))}</td>
      <td><ProvenCell diagnosis={diagnosis} /></td>
      <td><span className="dimmed">–</span></td>
      <td />
    </tr>
  );
}

/** Every model of the catalogue and of the relay: what it costs, when it ends, why it cannot be chosen, and what it proved. */
export function ModelTable({ view, relay, relayName, onEdit }: ModelTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [check, diagnoses, rates] = [useLastCheck(relay.id), useDiagnoses().data ?? [], useControlRates().data ?? []];
  const [filter, setFilter] = useState<Filter>('all');
  const offered = check?.state === 'ok' ? check.models : null;
  const unknown = offered === null ? [] : unknownOffered(view.models, offered);
  const isIn = (model: ModelView, name: Filter): boolean => name === 'all' || (name === 'usable' ? model.notSelectableReason === null : name === 'closed' && model.notSelectableReason !== null);
  const counts = { all: view.models.length, usable: view.models.filter((model) => isIn(model, 'usable')).length, closed: view.models.filter((model) => isIn(model, 'closed')).length, relayOnly: unknown.length };
  const rank = (model: ModelView): number => (rolesOfModel(view, model).length > 0 ? 0 : model.notSelectableReason === null ? 1 : 2);
  const rows = view.models.filter((model) => isIn(model, filter)).sort((left, right) => rank(left) - rank(right));
  return (
    <div className="model-list">
      <div className="model-filter">
        <div className="chips" role="group" aria-label={t('settings.models.filter')}>
          {filters.filter((name) => name !== 'relayOnly' || unknown.length > 0).map((name) => (
            <button key={name} type="button" className="chip" aria-pressed={filter === name} onClick={() => { setFilter(name); }}>{t(`settings.models.filters.${name}`)} <span className="chip-count">{format.count(counts[name])}</span></button>
          ))}
        </div>
        <span className="dimmed model-of">{t('settings.models.asAt', { relay: relayName })}</span>
      </div>
      <table className="data-table catalogue">
        <thead>
          <tr>
            <th scope="col">{t('settings.models.columns.model')}</th>
            <th scope="col" className="number col-price" title={t('settings.models.columns.priceText')}>{t('settings.models.columns.price')}</th>
            <th scope="col" className="col-ends">{t('settings.models.columns.ends')}</th>
            <th scope="col" className="col-relay">{t('settings.models.columns.relay')}</th>
            <th scope="col" className="col-controls" title={t('settings.models.columns.controlsText')}>{t('settings.models.columns.controls')}</th>
            <th scope="col" className="model-edit"><span className="visually-hidden">{t('settings.models.override')}</span></th>
          </tr>
        </thead>
        <tbody>
          {filter !== 'relayOnly' && rows.map((model) => <ModelRow key={model.id} view={view} relay={relay} model={model} known={{ offered, diagnoses, rates }} onEdit={onEdit} />)}
          {filter === 'relayOnly' && unknown.map((offer) => <UnknownRow key={offer.id} offer={offer} diagnosis={diagnoses.find((one) => one.relayId === relay.id && one.model === offer.id) ?? null} />)}
        </tbody>
      </table>
    </div>
  );
}
