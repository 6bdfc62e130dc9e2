import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/charts/styles.css';
import './theme/variables.css';
import './theme/colours.css';
import './theme/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createQueryClient } from './query-client.ts';
import { languageFor, startI18n } from './i18n/start-i18n.ts';
import { keys } from './queries.ts';
import { ask } from './workstation.ts';

async function start(): Promise<void> {
  const client = createQueryClient();
  // Asked for before the first frame, so that theme and language do not change under the reader's eyes.
  const [settings, appInfo] = await Promise.allSettled([ask('getSettings'), ask('appInfo')]);
  if (settings.status === 'fulfilled') client.setQueryData(keys.settings, settings.value);
  if (appInfo.status === 'fulfilled') client.setQueryData(keys.appInfo, appInfo.value);
  const locale = appInfo.status === 'fulfilled' ? appInfo.value.locale : navigator.language;
  await startI18n(languageFor(settings.status === 'fulfilled' ? settings.value.settings.language : 'system', locale));
  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no #root');
  createRoot(root).render(
    <StrictMode><QueryClientProvider client={client}><App /></QueryClientProvider></StrictMode>,
  );
}

void start();
