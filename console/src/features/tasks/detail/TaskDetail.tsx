import { Button } from '@mantine/core'
import { IconArrowLeft, IconFileUnknown, IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { isProblem } from '@/api/problem'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { StateBadge } from '@/components/ui/StateBadge'
import { useWords } from '@/i18n'
import { useTask } from '@/lib/task/useTask'
import { FACETS } from '../list/facets'
import { dropTask } from '../list/useTaskList'
import { DetailSections } from './DetailSections'
import { Facts } from './Facts'
import { TaskButtons } from './TaskButtons'
import styles from './TaskDetail.module.css'

const LogView = lazy(() =>
  import('@/components/ui/log/LogView').then(module => ({ default: module.LogView })),
)

export function TaskDetail() {
  const { id } = useParams({ from: '/tasks/$id' })
  return <Detail key={id} id={id} />
}

function Detail({ id }: { id: string }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const search = useSearch({ from: '/tasks' })
  const { task, error, refetch, lines } = useTask(id)
  const client = useQueryClient()
  const close = () => void navigate({ to: '/tasks', search })
  const gone = () => {
    close()
    dropTask(id)
    void client.invalidateQueries({ queryKey: FACETS })
  }

  if (error && !task) {
    const missing = isProblem(error) && error.status === 404
    return (
      <div className={styles.detail}>
        <CloseButton onClose={close} />
        {missing ? (
          <Empty
            icon={IconFileUnknown}
            title={t('task.notFound')}
            detail={
              <>
                <p className="mono">{id}</p>
                <p>{t('task.notFoundDetail')}</p>
              </>
            }
          >
            <Button variant="default" onClick={close}>
              {t('task.toList')}
            </Button>
          </Empty>
        ) : (
          <ProblemNote error={error} onRetry={() => void refetch()} />
        )}
      </div>
    )
  }
  if (!task) {
    return (
      <div className={styles.detail}>
        <CloseButton onClose={close} />
        <SkeletonRows rows={10} height={34} />
      </div>
    )
  }
  return (
    <article className={styles.detail} aria-label={task.type}>
      <header className={styles.head}>
        <CloseButton onClose={close} />
        <h2 className={styles.title} title={task.type}>
          {task.type}
        </h2>
        <StateBadge state={task.state} soft />
        <TaskButtons task={task} onGone={gone} />
      </header>
      <Facts task={task} />
      <DetailSections task={task}>
        {lines.length === 0 ? (
          <p className={styles.none}>{t('task.noLog')}</p>
        ) : (
          <Suspense fallback={<SkeletonRows rows={4} />}>
            <LogView lines={lines} name={`${task.type}-${task.id}`} />
          </Suspense>
        )}
      </DetailSections>
    </article>
  )
}

/** A cross beside the list, an arrow back where the detail is the page. */
function CloseButton({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  return (
    <button type="button" className={styles.close} onClick={onClose} aria-label={t('task.toList')}>
      <IconX className={styles.cross} size={17} stroke={1.8} aria-hidden />
      <IconArrowLeft className={styles.arrow} size={18} stroke={1.8} aria-hidden />
    </button>
  )
}
