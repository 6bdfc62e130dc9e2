import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ClosingNotice } from './components/closing-notice.tsx';
import { Fault } from './components/fault.tsx';
import { Frame } from './components/frame.tsx';
import { languageFor } from './i18n/start-i18n.ts';
import { useRoute } from './navigation.ts';
import type { Route } from './navigation.ts';
import { useAppInfo, useSettings } from './queries.ts';
import { QueueScreen } from './screens/queue/queue-screen.tsx';
import { SettingsScreen } from './screens/settings/settings-screen.tsx';
import { WelcomeScreen } from './screens/welcome/welcome-screen.tsx';
import { theme } from './theme/theme.ts';
import { useWorkstationEvents } from './workstation-events.ts';

// The image viewport and the charts are most of the bundle; the queue is on screen before they are needed.
const ReadingRoomScreen = lazy(async () => ({ default: (await import('./screens/reading-room/reading-room-screen.tsx')).ReadingRoomScreen }));
const SpendScreen = lazy(async () => ({ default: (await import('./screens/spend/spend-screen.tsx')).SpendScreen }));

function Screen({ route }: { readonly route: Route }) {
  switch (route.screen) {
    case 'queue': return <QueueScreen />;
    case 'exam': return <ReadingRoomScreen key={route.readingId} readingId={route.readingId} />;
    case 'spend': return <SpendScreen />;
    case 'settings': return <SettingsScreen />;
  }
}

function Window() {
  const settings = useSettings();
  const route = useRoute();
  if (settings.isError) return <main className="alone"><Fault error={settings.error} onRetry={() => void settings.refetch()} /></main>;
  if (settings.data === undefined) return <main className="alone" aria-busy />;
  if (!settings.data.settings.welcomeSeen) return <WelcomeScreen settings={settings.data} />;
  return (
    <Frame route={route} settings={settings.data}>
      <Suspense fallback={<div className="screen" aria-busy />}><Screen route={route} /></Suspense>
    </Frame>
  );
}

/** The window: theme, language, and the screen the person is on. */
export function App() {
  useWorkstationEvents();
  const { i18n } = useTranslation();
  const [settings, appInfo] = [useSettings().data?.settings, useAppInfo().data];
  const language = languageFor(settings?.language ?? 'system', appInfo?.locale ?? navigator.language);
  useEffect(() => {
    document.documentElement.lang = language;
    void i18n.changeLanguage(language);
  }, [i18n, language]);
  return (
    <MantineProvider theme={theme} forceColorScheme={settings?.theme ?? 'dark'} withCssVariables={false} withGlobalClasses={false}>
      <ModalsProvider>
        <Notifications position="bottom-right" limit={4} containerWidth={380} />
        <Window />
        <ClosingNotice />
      </ModalsProvider>
    </MantineProvider>
  );
}
