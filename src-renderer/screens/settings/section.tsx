import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface SectionProps {
  readonly name: 'folders' | 'relays' | 'models' | 'reading' | 'budget' | 'appearance' | 'about';
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** One titled part of the settings with a line that says what it is for. */
export function Section({ name, action, children }: SectionProps) {
  const { t } = useTranslation();
  return (
    <section id={`settings-${name}`} className="settings-section" aria-labelledby={`settings-${name}-title`}>
      <header>
        <div>
          <h2 id={`settings-${name}-title`}>{t(`settings.${name}.title`)}</h2>
          <p>{t(`settings.${name}.text`)}</p>
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
