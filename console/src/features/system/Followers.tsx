import { IconRoute } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Follower } from '@/api/types'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count, exactCount } from '@/lib/format'
import { useStore } from '@/lib/use-store'
import styles from './SystemPage.module.css'

const STATES = ['following', 'behind', 'parked', 'lost', 'paused', 'stopped'] as const

export function Followers() {
  const { t } = useWords()
  const { data, error, refetch } = useStore()
  const columns = useMemo<Column<Follower>[]>(
    () => [
      {
        key: 'name',
        title: t('system.follower'),
        value: follower => follower.name,
        cell: follower => follower.name,
      },
      {
        key: 'state',
        title: t('system.stateCol'),
        width: '120px',
        value: follower => follower.state,
        cell: follower => <State state={follower.state} />,
      },
      {
        key: 'lag',
        title: t('system.lag'),
        width: '100px',
        align: 'end',
        value: follower => follower.lag ?? 0,
        cell: follower => <span title={exactCount(follower.lag)}>{count(follower.lag)}</span>,
      },
      {
        key: 'position',
        title: t('system.position'),
        width: '30%',
        align: 'end',
        rank: 'second',
        cell: follower => <span className="mono">{follower.position ?? '–'}</span>,
      },
    ],
    [t],
  )
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={4} height={38} />
  if (data.followers.length === 0) {
    return (
      <Empty
        icon={IconRoute}
        title={t('system.noFollowers')}
        detail={t('system.noFollowersDetail')}
      />
    )
  }
  return <DataTable rows={data.followers} columns={columns} keyOf={follower => follower.name} />
}

function State({ state }: { state: string }) {
  const { t } = useWords()
  const known = STATES.find(each => each === state)
  return (
    <span className={styles.follower} data-state={state}>
      {known ? t(`system.followerState.${known}`) : state}
    </span>
  )
}
