import { IconUserCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Waiting } from '@/api/workflows'
import { CodeLine } from '@/components/ui/CodeLine'
import { Empty } from '@/components/ui/Empty'
import { Figure } from '@/components/ui/Figure'
import { Id } from '@/components/ui/Id'
import { Page } from '@/components/ui/Page'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { SyncActions } from '@/components/ui/sync/SyncActions'
import { useSyncWords } from '@/components/ui/sync/words'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count } from '@/lib/format'
import { useWaiting } from '@/lib/use-waiting'
import styles from './ApprovalsPage.module.css'

/** A definition whose only stage asks for a person. */
const EXAMPLE =
  "curl -H 'Content-Type: application/json' $URL/api/v1/workflow-definitions -d " +
  `'{"name":"asked","stages":[{"name":"work","tasks":[{"name":"a","type":"sample.noop"}],"sync":{"type":"approval"}}]}'`

export function ApprovalsPage() {
  const { t } = useWords()
  const { waiting, error, refetch } = useWaiting()
  const people = waiting?.filter(each => each.sync.type === 'approval').length
  return (
    <Page
      title={t('approvals.title')}
      figures={
        <>
          <Figure label={t('approvals.people')} tone={people ? 'retrying' : undefined}>
            {count(people)}
          </Figure>
          <Figure label={t('approvals.metrics')}>
            {count(waiting && people !== undefined ? waiting.length - people : null)}
          </Figure>
        </>
      }
    >
      <div className={styles.work}>
        {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {!error && !waiting && <SkeletonRows rows={4} height={44} />}
        {waiting?.length === 0 && (
          <Empty
            icon={IconUserCheck}
            title={t('approvals.emptyTitle')}
            detail={t('approvals.emptyDetail')}
          >
            <CodeLine code={EXAMPLE.replace('$URL', location.origin)} />
          </Empty>
        )}
        {waiting && waiting.length > 0 && <WaitingTable waiting={waiting} />}
      </div>
    </Page>
  )
}

function WaitingTable({ waiting }: { waiting: Waiting[] }) {
  const { t } = useWords()
  const words = useSyncWords()
  const columns = useMemo<Column<Waiting>[]>(
    () => [
      {
        key: 'stage',
        title: t('approvals.colWhat'),
        value: each => `${each.workflow} ${each.title}`,
        cell: each => (
          <span className={styles.what}>
            <Link
              to="/workflows/$id"
              params={{ id: each.run }}
              search={{ stage: each.stage }}
              title={`${each.workflow} / ${each.title}`}
            >
              {each.workflow} / {each.title}
            </Link>
            <span className={styles.words}>
              {words(each.sync)}
              {each.sync.escalated && ` · ${t('sync.escalated', { to: each.sync.escalateTo })}`}
            </span>
          </span>
        ),
      },
      {
        key: 'run',
        title: t('approvals.colRun'),
        width: '104px',
        rank: 'second',
        cell: each => <Id id={each.run} />,
      },
      {
        key: 'until',
        title: t('approvals.colUntil'),
        width: '120px',
        phoneWidth: '72px',
        align: 'end',
        value: each => each.sync.until ?? '',
        cell: each => <Time at={each.sync.until} />,
      },
      {
        key: 'actions',
        title: <span className="sr-only">{t('sync.approve')}</span>,
        width: '220px',
        phoneWidth: '104px',
        align: 'end',
        cell: each => <SyncActions run={each.run} stage={each.stage} sync={each.sync} />,
      },
    ],
    [t, words],
  )
  return (
    <DataTable
      rows={waiting}
      columns={columns}
      keyOf={each => `${each.run} ${each.stage}`}
      sortBy={{ key: 'until', descending: false }}
    />
  )
}
