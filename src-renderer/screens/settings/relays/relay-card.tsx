import { ActionIcon, Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconPlugConnected, IconStethoscope, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelaySetting } from '../../../../src-shared/domain/relay-setting.ts';
import type { RelayHealthView, SettingsView } from '../../../../src-shared/domain/views.ts';
import { useCheckRelay, useLastCheck } from '../../../relay-queries.ts';
import { MoveButtons, moveByKeys } from '../move-buttons.tsx';
import { CheckResult } from './check-result.tsx';
import { DiagnosisPanel } from './diagnosis-panel.tsx';
import { RelayConsent } from './relay-consent.tsx';
import { RelayFields } from './relay-fields.tsx';
import { RelayHeaders } from './relay-headers.tsx';
import { RelayHealth } from './relay-health.tsx';
import { RelayKey } from './relay-key.tsx';
import { hostOf, standingOf } from './relay-standing.ts';
import type { RelayRole } from './relay-standing.ts';
import { StandingWords } from './standing-words.tsx';

interface RelayCardProps {
  readonly relay: RelaySetting;
  readonly title: string;
  readonly role: RelayRole;
  readonly index: number;
  readonly count: number;
  /** Null until it is known. */
  readonly health: RelayHealthView | null;
  readonly view: SettingsView;
  readonly isOpen: boolean;
  readonly onOpen: (wanted: boolean) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

/** One relay: a line that says how it does, and below it everything that is set for it. */
export function RelayCard({ relay, title, role, index, count, health, view, isOpen, onOpen, onMove, onRemove }: RelayCardProps) {
  const { t } = useTranslation();
  const [diagnosing, setDiagnosing] = useState(false);
  const [checking, last] = [useCheckRelay(relay.id), useLastCheck(relay.id)];
  const host = hostOf(relay.baseUrl) ?? relay.baseUrl;
  const check = checking.isPending || health?.check === null ? null : last;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <li className={isOpen ? 'relay is-open' : 'relay'} onKeyDown={moveByKeys(onMove)}>
      <div className="relay-head">
        <MoveButtons name={title} index={index} count={count} onMove={onMove} />
        <button type="button" className="relay-open" aria-expanded={isOpen} aria-controls={`relay-${relay.id}`} onClick={() => { onOpen(!isOpen); }}>
          <Chevron size={16} aria-hidden className="dimmed" />
          <span className="relay-name">
            <span className="relay-title">{title} <span className={`relay-role role-${role}`}>{t(`settings.relays.roles.${role}`)}</span></span>
            {title !== host && <span className="relay-host">{host}</span>}
          </span>
        </button>
        {health !== null && <StandingWords standing={standingOf(relay, health)} health={health} />}
        <span className="relay-ways">
          <Button size="xs" variant="default" leftSection={<IconPlugConnected size={14} aria-hidden />} loading={checking.isPending} aria-label={t('settings.relays.checkOf', { name: title })} onClick={() => { onOpen(true); checking.mutate(); }}>{t('settings.relays.check')}</Button>
          <Button size="xs" variant="default" leftSection={<IconStethoscope size={14} aria-hidden />} aria-expanded={diagnosing} aria-label={t('settings.relays.diagnoseOf', { name: title })} onClick={() => { setDiagnosing(!diagnosing); }}>{t('settings.relays.diagnose')}</Button>
          <ActionIcon variant="subtle" color="gray" disabled={count < 2} aria-label={t('settings.relays.removeOf', { name: title })} title={t(count < 2 ? 'settings.relays.lastStays' : 'settings.relays.remove')} onClick={onRemove}><IconTrash size={16} aria-hidden /></ActionIcon>
        </span>
      </div>
      {diagnosing && <DiagnosisPanel relayId={relay.id} view={view} onClose={() => { setDiagnosing(false); }} />}
      {isOpen && (
        <div className="relay-body" id={`relay-${relay.id}`}>
          {check !== null && <CheckResult check={check} />}
          <RelayFields relay={relay} />
          <RelayKey relayId={relay.id} state={health?.key ?? null} isOnlyRelay={count === 1} />
          <RelayConsent relay={relay} host={host} />
          <RelayHeaders key={relay.id} relay={relay} />
          {health !== null && <RelayHealth health={health} />}
        </div>
      )}
    </li>
  );
}
