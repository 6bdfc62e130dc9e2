import './settings.css';
import { useTranslation } from 'react-i18next';
import { Fault } from '../../components/fault.tsx';
import { useSettings } from '../../queries.ts';
import { AboutSection } from './about-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { BudgetSection } from './budget-section.tsx';
import { FoldersSection } from './folders-section.tsx';
import { ModelsSection } from './models/models-section.tsx';
import { ReadingSection } from './reading-section.tsx';
import { RelaysSection } from './relays/relays-section.tsx';

const sections = ['folders', 'relays', 'models', 'reading', 'budget', 'appearance', 'about'] as const;

/** Everything the admin and the reader can set; each change holds at once. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const settings = useSettings();
  if (settings.isError) return <Fault error={settings.error} onRetry={() => void settings.refetch()} />;
  if (settings.data === undefined) return <div className="screen" aria-busy />;
  const { data } = settings;
  const jump = (name: string): void => { document.getElementById(`settings-${name}`)?.scrollIntoView({ block: 'start' }); };
  return (
    <div className="screen settings-screen">
      <nav className="settings-nav" aria-label={t('settings.sections')}>
        <h1>{t('settings.title')}</h1>
        {sections.map((name) => <button key={name} type="button" onClick={() => { jump(name); }}>{t(`settings.${name}.title`)}</button>)}
      </nav>
      <div className="settings-body" tabIndex={-1}>
        <FoldersSection settings={data} />
        <RelaysSection settings={data} />
        <ModelsSection settings={data} />
        <ReadingSection settings={data} />
        <BudgetSection settings={data} />
        <AppearanceSection settings={data} />
        <AboutSection />
      </div>
    </div>
  );
}
