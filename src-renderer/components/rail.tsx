import { IconCoin, IconLungs, IconSettings, IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { hashOf } from '../navigation.ts';
import type { Route } from '../navigation.ts';

const places = [
  { screen: 'queue', Icon: IconStack2, keys: 'g q' },
  { screen: 'spend', Icon: IconCoin, keys: 'g s' },
  { screen: 'settings', Icon: IconSettings, keys: 'g ,' },
] as const;

/** The way between the screens. */
export function Rail({ route }: { readonly route: Route }) {
  const { t } = useTranslation();
  const here = route.screen === 'exam' ? 'queue' : route.screen;
  return (
    <nav className="rail" aria-label={t('rail.label')}>
      <span className="rail-mark" title="LungDesk"><IconLungs size={26} stroke={1.5} aria-hidden /></span>
      {places.map(({ screen, Icon, keys }) => (
        <a key={screen} href={hashOf({ screen })} className="rail-link" aria-current={here === screen ? 'page' : undefined} title={`${t(`rail.${screen}`)} (${keys})`}>
          <Icon size={21} stroke={1.6} aria-hidden />
          <span>{t(`rail.${screen}`)}</span>
        </a>
      ))}
    </nav>
  );
}
