import type { TFunction } from 'i18next';
import type { Coverage } from '../../src-shared/domain/reading.ts';

/** Says how many slices models have read and how many only the device has searched. */
export function coverageWords(t: TFunction, { planned, valid, searched }: Pick<Coverage, 'planned' | 'valid' | 'searched'>): string {
  if (searched === 0) return t('coverage.readOf', { valid, planned });
  return valid === 0 ? t('coverage.searchedOf', { searched, planned }) : t('coverage.bothOf', { valid, searched, planned });
}
