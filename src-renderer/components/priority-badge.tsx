import { IconAlertHexagonFilled, IconAlertTriangleFilled, IconCircleCheck, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Priority } from '../../src-shared/domain/priority.ts';

const icons = { critical: IconAlertHexagonFilled, urgent: IconAlertTriangleFilled, routine: IconCircleCheck, unknown: IconHelpCircle } as const;

/** A priority by colour, shape and word, so that no single one has to carry it; quiet while the reading is on its way. */
export function PriorityBadge({ priority, pending = false }: { readonly priority: Priority; readonly pending?: boolean }) {
  const { t } = useTranslation();
  const Icon = icons[priority];
  return (
    <span className={`priority priority-${pending ? 'pending' : priority}`}>
      <Icon size={15} aria-hidden />
      <span>{t(`priority.${priority}`)}</span>
    </span>
  );
}
