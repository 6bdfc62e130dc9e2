import { ActionIcon, Menu } from '@mantine/core';
import { IconCpu, IconDots, IconEye, IconPlayerPlay, IconPlayerStop, IconPlus, IconSend, IconStar, IconStarOff, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { QueueRow } from '../../../src-shared/domain/views.ts';
import { readingActions } from '../../components/reading-claim.ts';
import type { ReadingCommands } from '../../components/reading-commands.tsx';
import { navigate } from '../../navigation.ts';

interface RowActionsProps {
  readonly row: QueueRow;
  readonly commands: ReadingCommands;
  readonly label: string;
}

/** The one thing a waiting exam asks for, on the row itself; everything else in the menu. */
export function RowActions({ row, commands, label }: RowActionsProps) {
  const { t } = useTranslation();
  const allowed = readingActions(row);
  return (
    <span className="row-actions" onDoubleClick={(event) => { event.stopPropagation(); }}>
      {allowed.decideLateSlices && (
        <ActionIcon size="sm" variant="light" aria-label={t('late.accept')} title={t('late.accept')} onClick={() => { commands.acceptLate(row); }}><IconPlus size={15} aria-hidden /></ActionIcon>
      )}
      {allowed.resume && (
        <ActionIcon size="sm" variant="light" aria-label={t('actions.resume')} title={t('actions.resume')} onClick={() => { commands.resume(row); }}><IconPlayerPlay size={15} aria-hidden /></ActionIcon>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('actions.more', { name: label })}><IconDots size={16} aria-hidden /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconEye size={15} />} onClick={() => { navigate({ screen: 'exam', readingId: row.readingId }); }}>{t('actions.open')}</Menu.Item>
          {allowed.changePriority && (
            <Menu.Item leftSection={row.highPriority ? <IconStarOff size={15} /> : <IconStar size={15} />} onClick={() => { commands.toggleHighPriority(row); }}>
              {t(row.highPriority ? 'actions.lowerPriority' : 'actions.raisePriority')}
            </Menu.Item>
          )}
          {allowed.resume && <Menu.Item leftSection={<IconPlayerPlay size={15} />} onClick={() => { commands.resume(row); }}>{t('actions.resume')}</Menu.Item>}
          {allowed.finishOnDevice && <Menu.Item leftSection={<IconCpu size={15} />} onClick={() => { commands.finishOnDevice(row); }}>{t('actions.finishOnDevice')}</Menu.Item>}
          {allowed.sendToRelay && <Menu.Item leftSection={<IconSend size={15} />} onClick={() => { commands.sendToRelay(row); }}>{t('actions.sendToRelay')}</Menu.Item>}
          {allowed.decideLateSlices && <Menu.Item leftSection={<IconPlus size={15} />} onClick={() => { commands.acceptLate(row); }}>{t('late.accept')}</Menu.Item>}
          {allowed.decideLateSlices && <Menu.Item leftSection={<IconX size={15} />} onClick={() => { commands.dismissLate(row); }}>{t('late.dismiss')}</Menu.Item>}
          {allowed.cancel && <Menu.Item color="red" leftSection={<IconPlayerStop size={15} />} onClick={() => { commands.cancel(row); }}>{t('actions.cancel')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
