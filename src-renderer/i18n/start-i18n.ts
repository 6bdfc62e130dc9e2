import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json';
import zhCn from './zh-CN.json';

/** A language LungDesk speaks. */
export type Language = 'en' | 'zh-CN';

/**
 * Chooses the language to show.
 *
 * @param wanted - What the settings say.
 * @param systemLocale - BCP 47 tag of the system.
 */
export function languageFor(wanted: 'system' | Language, systemLocale: string): Language {
  if (wanted !== 'system') return wanted;
  return systemLocale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** Loads both languages; texts are in the bundle, nothing is fetched. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCn } },
    // React escapes; escaping twice would show entities.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}
