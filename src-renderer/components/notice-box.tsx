import { IconAlertTriangle, IconCalendarEvent, IconCircleCheck, IconFlask, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';

const icons = { good: IconCircleCheck, warn: IconAlertTriangle, practice: IconFlask, locked: IconLock, calm: IconCalendarEvent } as const;

interface NoticeBoxProps {
  readonly kind: keyof typeof icons;
  readonly title: string;
  readonly children?: ReactNode;
}

/** A quiet box that says something the person should know before going on. */
export function NoticeBox({ kind, title, children }: NoticeBoxProps) {
  const Icon = icons[kind];
  return (
    <div className={`notice-box notice-${kind}`} role="status">
      <Icon size={18} aria-hidden />
      <div>
        <p className="notice-title">{title}</p>
        {children !== undefined && children !== null && children !== '' && <p>{children}</p>}
      </div>
    </div>
  );
}
