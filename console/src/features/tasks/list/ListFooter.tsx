import { Button } from '@mantine/core'
import { IconFilterOff, IconListDetails } from '@tabler/icons-react'
import { CodeLine } from '@/components/ui/CodeLine'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import { count } from '@/lib/format'
import { isFiltered, type TaskFilters } from '../filters'
import { FIRST_TASK } from '../submit/examples'
import styles from './ListFooter.module.css'
import type { ListView } from './live-list'

interface Props {
  view: ListView
  shown: number
  filters: TaskFilters
  onRetry: () => void
  onLookOn: () => void
  onClear: () => void
  onSubmit: () => void
}

/** What stands after the last row, or instead of the first. */
export function ListFooter({ view, shown, filters, onRetry, onLookOn, onClear, onSubmit }: Props) {
  const { t } = useWords()
  if (view.status === 'failed') {
    return (
      <div className={styles.failed}>
        <ProblemNote error={view.error} onRetry={onRetry} />
      </div>
    )
  }
  if (view.status === 'loading') {
    return (
      <p className={styles.line} role="status">
        {t('tasks.loadingMore')} · {t('tasks.loaded', { number: count(view.rows.length) })}
      </p>
    )
  }
  if (view.tired) {
    return (
      <div className={styles.line} role="status">
        <span>
          {t('tasks.nothingLately')}{' '}
          {view.lookedBackTo && (
            <>
              {t('tasks.lookedBackTo')} <Time at={view.lookedBackTo} />
            </>
          )}
        </span>
        <Button variant="default" onClick={onLookOn}>
          {t('tasks.lookOn')}
        </Button>
      </div>
    )
  }
  if (view.more) return null
  if (shown > 0) return <p className={styles.line}>{t('tasks.end')}</p>
  if (isFiltered(filters)) {
    return (
      <Empty icon={IconFilterOff} title={t('tasks.emptyFiltered')}>
        <Button variant="default" onClick={onClear}>
          {t('tasks.clearFilters')}
        </Button>
      </Empty>
    )
  }
  return (
    <Empty icon={IconListDetails} title={t('tasks.emptyTitle')} detail={t('tasks.emptyDetail')}>
      <CodeLine code={FIRST_TASK} />
      <Button onClick={onSubmit}>{t('tasks.submit')}</Button>
    </Empty>
  )
}
