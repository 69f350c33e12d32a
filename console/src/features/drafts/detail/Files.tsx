import { IconAlertTriangle, IconCheck, IconClock, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { withRunning } from '@/api/draft-shapes'
import { listDraftFiles } from '@/api/drafts'
import type { DraftFile, DraftProgress } from '@/api/types'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { ProgressBar } from '@/components/ui/ProgressBar'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { bytes, count, exactCount } from '@/lib/format'
import styles from '../DraftPage.module.css'

const ICONS = {
  waiting: IconClock,
  active: IconDownload,
  complete: IconCheck,
  failed: IconAlertTriangle,
} as const

const SETTLE_MS = 700

interface Props {
  name: string
  progress: DraftProgress | null
  /** Links of the files that were under way since the page is open. */
  seen: ReadonlySet<string>
}

export function Files({ name, progress, seen }: Props) {
  const { t } = useWords()
  const { data, error, refetch } = useQuery({
    queryKey: ['drafts', name, 'files'],
    queryFn: ({ signal }) => listDraftFiles(name, signal),
  })
  // The stream tells how many are here; which ones is read again when the number has changed.
  const settled = progress
    ? `${progress.files} ${progress.done} ${progress.failed} ${progress.stage}`
    : ''
  useEffect(() => {
    if (!settled) return
    const timer = setTimeout(() => void refetch(), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [settled, refetch])
  const columns = useMemo<Column<DraftFile>[]>(
    () => [
      {
        key: 'name',
        title: t('drafts.files'),
        value: file => file.name,
        cell: file => (
          <span className={styles.file} title={file.url ?? file.name}>
            {file.name}
          </span>
        ),
      },
      {
        key: 'state',
        title: t('drafts.colState'),
        width: '132px',
        phoneWidth: '104px',
        value: file => file.state,
        cell: file => <FileState file={file} />,
      },
      {
        key: 'size',
        title: t('drafts.colSize'),
        width: '92px',
        align: 'end',
        value: file => file.bytes ?? 0,
        cell: file => <span title={exactCount(file.bytes)}>{bytes(file.bytes)}</span>,
      },
      {
        key: 'why',
        title: '',
        width: '34%',
        rank: 'second',
        cell: file => (
          <span className={styles.why} title={file.error ?? undefined}>
            {file.error ?? file.kind}
          </span>
        ),
      },
    ],
    [t],
  )
  const files = data && withRunning(data, progress, seen)
  const complete = files?.filter(file => file.state === 'complete').length ?? 0
  const done = Math.max(complete, progress?.done ?? 0)
  const [all, setAll] = useState(false)
  // A thousand rows four times a second are too much: what moves comes first, the rest on demand.
  const shown = files && (all ? files : firstOf(files))
  return (
    <Section
      title={t('drafts.files')}
      actions={
        files &&
        files.length > 0 && (
          <span>{t('drafts.filesDone', { done: count(done), total: count(files.length) })}</span>
        )
      }
    >
      {error && !files && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!error && !files && <SkeletonRows rows={4} />}
      {files?.length === 0 && <p className={styles.none}>{t('drafts.noFiles')}</p>}
      {shown && shown.length > 0 && (
        <DataTable rows={shown} columns={columns} keyOf={file => file.key} />
      )}
      {files && shown && shown.length < files.length && (
        <button type="button" className={styles.all} onClick={() => setAll(true)}>
          {t('drafts.allFiles', { number: count(files.length) })}
        </button>
      )}
    </Section>
  )
}

const SHOWN = 100
const RANK = { active: 0, failed: 1, waiting: 2, complete: 3 } as const

/** All in their order if they are few; else those that move or failed, then the others. */
function firstOf(files: DraftFile[]): DraftFile[] {
  if (files.length <= SHOWN) return files
  return [...files].sort((a, b) => RANK[a.state] - RANK[b.state]).slice(0, SHOWN)
}

function FileState({ file }: { file: DraftFile }) {
  const { t } = useWords()
  const Icon = ICONS[file.state]
  if (file.state === 'active' && file.total) {
    return (
      <ProgressBar progress={{ done: file.bytes ?? 0, total: file.total, message: null }} inline />
    )
  }
  return (
    <span className={styles.fileState} data-state={file.state}>
      <Icon size={15} stroke={1.8} aria-hidden />
      {t(`drafts.fileState.${file.state}`)}
    </span>
  )
}
