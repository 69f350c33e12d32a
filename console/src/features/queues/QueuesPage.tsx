import { Button } from '@mantine/core'
import { IconArrowsSplit2, IconPlus } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { CodeLine } from '@/components/ui/CodeLine'
import { Empty } from '@/components/ui/Empty'
import { Figure } from '@/components/ui/Figure'
import { Page } from '@/components/ui/Page'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Tabs } from '@/components/ui/Tabs'
import { useWords } from '@/i18n'
import { count } from '@/lib/format'
import { useQueues } from '@/lib/use-queues'
import styles from './QueuesPage.module.css'
import { QueueTable } from './QueueTable'
import { QuietNote, QuietSwitch } from './QuietSwitch'

const LimitTable = lazy(() =>
  import('./LimitTable').then(module => ({ default: module.LimitTable })),
)
const AdaptivePane = lazy(() =>
  import('./AdaptivePane').then(module => ({ default: module.AdaptivePane })),
)
const TenantTable = lazy(() =>
  import('./TenantTable').then(module => ({ default: module.TenantTable })),
)
const TypeTable = lazy(() => import('./TypeTable').then(module => ({ default: module.TypeTable })))
const Workers = lazy(() => import('./Workers').then(module => ({ default: module.Workers })))

const TABS = ['queues', 'limits', 'tenants', 'types', 'workers', 'adaptive'] as const
type Tab = (typeof TABS)[number]

const tabOf = (text: string | undefined): Tab => TABS.find(tab => tab === text) ?? 'queues'

/** Queues, what holds their tasks back, and what runs them. */
export function QueuesPage() {
  const { t } = useWords()
  const navigate = useNavigate()
  const search = useSearch({ from: '/queues' })
  const tab = tabOf(search.tab)
  const go = (change: { tab?: string; add?: string }) =>
    void navigate({ to: '/queues', search: change })
  return (
    <Page
      title={t('parts.queues')}
      figures={<QueueFigures />}
      actions={
        tab === 'queues' ? (
          <QuietSwitch />
        ) : (
          (tab === 'limits' || tab === 'tenants') && (
            <Button
              leftSection={<IconPlus size={16} stroke={2} />}
              onClick={() => go({ tab, add: '1' })}
            >
              {t(`${tab}.new`)}
            </Button>
          )
        )
      }
    >
      <Tabs
        tabs={TABS.map(key => ({ key, label: t(`queues.tabs.${key}`) }))}
        current={tab}
        onChange={key => go({ tab: key === 'queues' ? undefined : key })}
      />
      <QuietNote />
      <div className={styles.work}>
        {tab === 'queues' && <Queues />}
        <Suspense fallback={<SkeletonRows rows={6} height={38} />}>
          {tab === 'limits' && (
            <LimitTable
              adding={search.add === '1'}
              onAdd={() => go({ tab, add: '1' })}
              onClose={() => go({ tab })}
            />
          )}
          {tab === 'tenants' && (
            <TenantTable
              adding={search.add === '1'}
              onAdd={() => go({ tab, add: '1' })}
              onClose={() => go({ tab })}
            />
          )}
          {tab === 'types' && <TypeTable />}
          {tab === 'workers' && <Workers />}
          {tab === 'adaptive' && <AdaptivePane />}
        </Suspense>
      </div>
    </Page>
  )
}

function QueueFigures() {
  const { t } = useWords()
  const { queues } = useQueues()
  const sum = (state: 'running' | 'ready' | 'dead') =>
    queues ? queues.reduce((total, queue) => total + queue.counts[state], 0) : null
  const dead = sum('dead')
  return (
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
  )
}

function Queues() {
  const { t } = useWords()
  const { queues, error, refetch } = useQueues()
  return (
    <>
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
    </>
  )
}
