import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const groups = [
  { name: 'anywhere', rows: [['g q', 'queue'], ['g s', 'spend'], ['g ,', 'settings'], ['?', 'sheet']] },
  { name: 'queue', rows: [['↑ ↓', 'select'], ['Enter', 'open'], ['/', 'filter'], ['h', 'highPriority'], ['r', 'resume'], ['Delete', 'cancel']] },
  { name: 'exam', rows: [
    ['↑ ↓', 'slice'], ['PgUp PgDn', 'slices'], ['Home End', 'ends'], ['n p', 'finding'], ['j k', 'candidate'], ['Enter', 'details'], ['1 2 3 4', 'window'], ['i', 'regions'], ['c', 'outlines'], ['m', 'measure'], ['r', 'reset'], ['Esc', 'back'],
    [', .', 'sheet'], ['t T', 'tile'], ['z e', 'sheetSize'], ['x', 'compare'], ['d', 'report'],
  ] },
  { name: 'mouse', rows: [['wheel', 'slice'], ['drag', 'level'], ['middle', 'pan'], ['right', 'zoom']] },
] as const;

/** Every shortcut on one sheet. */
export function ShortcutsSheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={open} onClose={onClose} title={t('shortcuts.title')} size="lg" closeButtonProps={{ 'aria-label': t('common.close') }}>
      <div className="shortcuts">
        {groups.map(({ name, rows }) => (
          <section key={name}>
            <h3>{t(`shortcuts.groups.${name}`)}</h3>
            <dl>
              {rows.map(([keys, what]) => (
                <div key={what}>
                  <dt>{name === 'mouse' ? t(`shortcuts.gestures.${keys}`) : keys.split(' ').map((key) => <Kbd key={key} size="xs">{key}</Kbd>)}</dt>
                  <dd>{t(`shortcuts.${name === 'mouse' ? 'exam' : name}.${what}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
