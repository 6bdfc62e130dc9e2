import { useTranslation } from 'react-i18next';
import type { KeyState } from '../../../../src-shared/domain/views.ts';
import { NoticeBox } from '../../../components/notice-box.tsx';

/** Says that this machine's keychain cannot be used now, and what that means for keys; nothing while it can. */
export function KeychainNotice({ state }: { readonly state: KeyState }) {
  const { t } = useTranslation();
  if (state.keychain === 'ok' || state.keychain === 'unknown') return null;
  return <NoticeBox kind={state.keychain === 'locked' ? 'locked' : 'warn'} title={t(`settings.key.keychain.${state.keychain}.title`)}>{t(`settings.key.keychain.${state.keychain}.text`)}</NoticeBox>;
}
