import { IconRoute } from '@tabler/icons-react'
import { useMemo } from 'react'
import { followersOf, listFollowers } from '@/api/store'
import type { Follower } from '@/api/system-types'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count, exactCount } from '@/lib/format'
import { usePushed } from '@/lib/use-pushed'
import styles from './SystemPage.module.css'

const STATES = ['running', 'parked', 'lost'] as const

export function Followers() {
  const { t } = useWords()
  const { data, error, refetch } = usePushed({
    key: ['followers'],
    topic: 'followers',
    fetch: listFollowers,
    read: followersOf,
  })
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
        value: follower => follower.lag,
        cell: follower => <span title={exactCount(follower.lag)}>{count(follower.lag)}</span>,
      },
      {
        key: 'position',
        title: t('system.asOf'),
        width: '22%',
        align: 'end',
        rank: 'second',
        cell: follower => <span className="mono">{follower.asOf}</span>,
      },
      {
        key: 'failure',
        title: '',
        width: '26%',
        rank: 'third',
        cell: follower => (
          <span className={styles.muted} title={follower.failure ?? undefined}>
            {follower.failure}
          </span>
        ),
      },
    ],
    [t],
  )
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={4} height={38} />
  if (data.length === 0) {
    return (
      <Empty
        icon={IconRoute}
        title={t('system.noFollowers')}
        detail={t('system.noFollowersDetail')}
      />
    )
  }
  return <DataTable rows={data} columns={columns} keyOf={follower => follower.name} />
}

function State({ state }: { state: string }) {
  const { t } = useWords()
  const known = STATES.find(each => each === state)
  return (
    <span className={styles.mark} data-state={state}>
      {known ? t(`system.followerState.${known}`) : state}
    </span>
  )
}
