import { IconArrowsSplit2 } from '@tabler/icons-react'
import { CodeLine } from '@/components/ui/CodeLine'
import { Empty } from '@/components/ui/Empty'
import { Figure } from '@/components/ui/Figure'
import { Page } from '@/components/ui/Page'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import { count } from '@/lib/format'
import { useQueues } from '@/lib/use-queues'
import styles from './QueuesPage.module.css'
import { QueueTable } from './QueueTable'

export function QueuesPage() {
  const { t } = useWords()
  const { queues, error, refetch } = useQueues()
  const sum = (state: 'running' | 'ready' | 'dead') =>
    queues ? queues.reduce((total, queue) => total + queue.counts[state], 0) : null
  const dead = sum('dead')
  return (
    <Page
      title={t('parts.queues')}
      figures={
        <>
          <Figure label={t('queues.figureQueues')}>{count(queues?.length)}</Figure>
          <Figure label={t('queues.figureRunning')} tone={sum('running') ? 'running' : undefined}>
            {count(sum('running'))}
          </Figure>
          <Figure label={t('queues.figureBacklog')}>{count(sum('ready'))}</Figure>
          <Figure label={t('queues.figureDead')} tone={dead ? 'dead' : undefined}>
            {count(dead)}
          </Figure>
        </>
      }
    >
      <div className={styles.work}>
        {error && !queues && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {!error && !queues && <SkeletonRows rows={6} height={38} />}
        {queues?.length === 0 && (
          <Empty
            icon={IconArrowsSplit2}
            title={t('queues.emptyTitle')}
            detail={t('queues.emptyDetail')}
          >
            <CodeLine code="./millrace up --samples" />
          </Empty>
        )}
        {queues && queues.length > 0 && <QueueTable queues={queues} />}
      </div>
    </Page>
  )
}
