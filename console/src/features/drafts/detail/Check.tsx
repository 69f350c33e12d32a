import { IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { validateDraft } from '@/api/drafts'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import styles from '../DraftPage.module.css'

/** What the checker says about the finished draft. */
export function Check({ name, ready }: { name: string; ready: boolean }) {
  const { t } = useWords()
  const { data, error, refetch } = useQuery({
    queryKey: ['drafts', name, 'check'],
    queryFn: ({ signal }) => validateDraft(name, signal),
    enabled: ready,
    staleTime: 60_000,
  })
  return (
    <Section
      title={t('drafts.check')}
      actions={
        ready && (
          <button type="button" className={styles.link} onClick={() => void refetch()}>
            {t('drafts.checkAgain')}
          </button>
        )
      }
    >
      {!ready && <p className={styles.none}>{t('drafts.checkLater')}</p>}
      {ready && error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {ready && !error && !data && <SkeletonRows rows={2} />}
      {data?.length === 0 && (
        <p className={styles.good}>
          <IconCircleCheck size={16} stroke={1.8} aria-hidden />
          {t('drafts.checkGood')}
        </p>
      )}
      {data && data.length > 0 && (
        <ul className={styles.items}>
          {data.map(finding => (
            <li key={`${finding.code} ${finding.pointer} ${finding.detail}`}>
              <code>
                {finding.file} {finding.pointer}
              </code>
              <span data-tone={finding.severity === 'error' ? 'dead' : 'retrying'}>
                {finding.detail}
              </span>
              {finding.demands && <p className={styles.none}>{finding.demands}</p>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
