import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { QueueRow } from '../../src-shared/domain/views.ts';
import { useAcceptRevision, useCancelReading, useDismissRevision, useReadOnDevice, useReadThroughRelay, useResumeReading, useSetHighPriority, useSettings } from '../queries.ts';
import { confirmThen } from './confirm.tsx';

/** What a person can tell a reading to do; each command answers with a line in the corner. */
export function useReadingCommands() {
  const { t } = useTranslation();
  const [cancel, resume] = [useCancelReading(), useResumeReading()];
  const [accept, dismiss, highPriority] = [useAcceptRevision(), useDismissRevision(), useSetHighPriority()];
  const [onDevice, throughRelay, settings] = [useReadOnDevice(), useReadThroughRelay(), useSettings().data];
  const say = (message: string): void => { notifications.show({ message, autoClose: 4000 }); };
  return {
    cancel: ({ readingId }: QueueRow) => {
      confirmThen({ title: t('cancel.title'), text: t('cancel.text'), confirm: t('cancel.confirm') }, () => {
        cancel.mutate({ readingId }, { onSuccess: () => { say(t('cancel.done')); } });
      });
    },
    resume: ({ readingId }: QueueRow) => { resume.mutate({ readingId }, { onSuccess: () => { say(t('resume.done')); } }); },
    finishOnDevice: ({ readingId }: QueueRow) => { onDevice.mutate({ readingId }, { onSuccess: () => { say(t('finishOnDevice.done')); } }); },
    sendToRelay: ({ readingId }: QueueRow) => {
      const text = settings?.practice === true ? t('sendToRelay.practice') : t('sendToRelay.text', { host: settings?.relayHost });
      confirmThen({ title: t('sendToRelay.title'), text, confirm: t('sendToRelay.confirm'), ends: false }, () => {
        throughRelay.mutate({ readingId }, { onSuccess: () => { say(t('sendToRelay.done')); } });
      });
    },
    acceptLate: ({ readingId }: QueueRow) => { accept.mutate({ readingId }); },
    dismissLate: ({ readingId }: QueueRow) => {
      confirmThen({ title: t('late.dismissTitle'), text: t('late.dismissText'), confirm: t('late.dismiss') }, () => { dismiss.mutate({ readingId }); });
    },
    toggleHighPriority: (row: QueueRow) => { highPriority.mutate({ readingId: row.readingId, highPriority: !row.highPriority }); },
  };
}

/** Commands of a reading. */
export type ReadingCommands = ReturnType<typeof useReadingCommands>;
