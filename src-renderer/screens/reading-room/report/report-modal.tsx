import './report.css';
import { Button, Loader, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconCheck, IconCopy, IconSparkles } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportResult } from '../../../../src-shared/domain/report-draft.ts';
import type { ReadingDetail } from '../../../../src-shared/domain/views.ts';
import { Fault } from '../../../components/fault.tsx';
import { useSettings } from '../../../queries.ts';
import { ask } from '../../../workstation.ts';
import { copyTextOf } from './copy-text.ts';
import { ReportSource } from './report-source.tsx';

/** Why no model is offered, where that is known before one is asked. */
function whyNoModel({ row, plan, findings }: ReadingDetail): 'device-only' | 'practice' | 'no-findings' | null {
  if (plan === 'device-only') return 'device-only';
  if (findings.length === 0) return 'no-findings';
  return row.practice ? 'practice' : null;
}

function useDrafts(readingId: string) {
  const { i18n } = useTranslation();
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  // What was there stays in sight while a model is asked.
  const [result, setResult] = useState<ReportResult | null>(null);
  const { mutate, variables, error, isPending } = useMutation<ReportResult, Error, { readonly byModel: boolean }>({
    mutationFn: ({ byModel }) => ask('draftReport', { readingId, language, byModel }),
    onSuccess: (drafted) => { setResult(drafted); },
    meta: { saysErrorsItself: true },
  });
  const draft = (byModel: boolean): void => { mutate({ byModel }); };
  useEffect(() => { mutate({ byModel: false }); }, [mutate]);
  return { result, error, isPending, isByModel: variables?.byModel === true, draft };
}

function Draft({ detail }: { readonly detail: ReadingDetail }) {
  const { t } = useTranslation();
  const text = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const host = useSettings().data?.relayHost ?? '';
  const { result, error, isPending, isByModel, draft } = useDrafts(detail.row.readingId);
  const against = whyNoModel(detail);
  if (result === null) return error !== null ? <Fault error={error} onRetry={() => { draft(false); }} /> : <div className="report-wait"><Loader size={18} aria-hidden /><p role="status">{t('report.writing')}</p></div>;
  return (
    <div className="report">
      <p className="report-notice">{t('report.notice')}</p>
      <ReportSource result={result} />
      {error !== null && <Fault error={error} onRetry={() => { draft(isByModel); }} />}
      <pre ref={text} className={isPending ? 'report-text is-waiting' : 'report-text'} tabIndex={0}>{result.text}</pre>
      <div className="report-actions">
        <div className="report-ask">
          {isPending ? <p role="status"><Loader size={14} aria-hidden /> {t('report.asking')}</p>
            : against !== null ? <p className="dimmed">{t(`report.because.${against}`, { model: '' })}</p>
            : (
              <>
                <Button size="xs" variant="default" leftSection={<IconSparkles size={14} aria-hidden />} onClick={() => { setCopied(false); draft(true); }}>{t(result.because?.reason === 'not-asked' ? 'report.ask' : 'report.askAgain')}</Button>
                <p className="dimmed">{t('report.askText', { host })}</p>
              </>
            )}
        </div>
        <Button size="xs" data-autofocus disabled={isPending} leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />} onClick={() => { setCopied(text.current !== null && copyTextOf(text.current)); }}>{t(copied ? 'report.copied' : 'report.copy')}</Button>
      </div>
    </div>
  );
}

/** A draft report: by the template at once, by a model when somebody wants it; closing leaves it behind. */
export function ReportModal({ detail, open, onClose }: { readonly detail: ReadingDetail; readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={open} onClose={onClose} title={t('report.title')} size={760} className="report-modal" closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Draft detail={detail} />
    </Modal>
  );
}
