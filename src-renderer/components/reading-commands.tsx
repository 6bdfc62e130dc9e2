import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { QueueRow } from '../../src-shared/domain/views.ts';
import { useAcceptRevision, useCancelReading, useDismissRevision, useResumeReading, useSetHighPriority } from '../queries.ts';
import { confirmThen } from './confirm.tsx';

/** What a person can tell a reading to do; each command answers with a line in the corner. */
export function useReadingCommands() {
  const { t } = useTranslation();
  const [cancel, resume] = [useCancelReading(), useResumeReading()];
  const [accept, dismiss, highPriority] = [useAcceptRevision(), useDismissRevision(), useSetHighPriority()];
  const say = (message: string): void => { notifications.show({ message, autoClose: 4000 }); };
  return {
    cancel: ({ readingId }: QueueRow) => {
      confirmThen({ title: t('cancel.title'), text: t('cancel.text'), confirm: t('cancel.confirm') }, () => {
        cancel.mutate({ readingId }, { onSuccess: () => { say(t('cancel.done')); } });
      });
    },
    resume: ({ readingId }: QueueRow) => { resume.mutate({ readingId }, { onSuccess: () => { say(t('resume.done')); } }); },
    acceptLate: ({ readingId }: QueueRow) => { accept.mutate({ readingId }); },
    dismissLate: ({ readingId }: QueueRow) => {
      confirmThen({ title: t('late.dismissTitle'), text: t('late.dismissText'), confirm: t('late.dismiss') }, () => { dismiss.mutate({ readingId }); });
    },
    toggleHighPriority: (row: QueueRow) => { highPriority.mutate({ readingId: row.readingId, highPriority: !row.highPriority }); },
  };
}

/** Commands of a reading. */
export type ReadingCommands = ReturnType<typeof useReadingCommands>;
