import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { candidateOrders, smallestSizes } from './arrange-candidates.ts';
import type { CandidateArrangement } from './arrange-candidates.ts';

interface CandidateBarProps {
  readonly arrangement: CandidateArrangement;
  readonly onArrange: (arrangement: CandidateArrangement) => void;
}

/** Narrows the list by size and orders it. Buttons, not fields: the keys that step through the list keep working. */
export function CandidateBar({ arrangement, onArrange }: CandidateBarProps) {
  const { t } = useTranslation();
  return (
    <div className="candidate-bar">
      <div className="chips" role="group" aria-label={t('candidates.filter')}>
        {smallestSizes.map((smallestMm) => (
          <button key={smallestMm} type="button" className="chip" aria-pressed={arrangement.smallestMm === smallestMm}
            aria-label={smallestMm === 0 ? undefined : t('candidates.atLeastLabel', { mm: smallestMm })} onClick={() => { onArrange({ ...arrangement, smallestMm }); }}>
            {smallestMm === 0 ? t('candidates.all') : t('candidates.atLeast', { mm: smallestMm })}
          </button>
        ))}
      </div>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button size="compact-xs" variant="subtle" color="gray" rightSection={<IconChevronDown size={13} aria-hidden />} title={t('candidates.order')}>{t(`candidates.orders.${arrangement.order}`)}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {candidateOrders.map((order) => (
            <Menu.Item key={order} leftSection={order === arrangement.order ? <IconCheck size={14} /> : <span className="no-check" />} onClick={() => { onArrange({ ...arrangement, order }); }}>{t(`candidates.orders.${order}`)}</Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
