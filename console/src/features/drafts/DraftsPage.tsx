import { Button } from '@mantine/core'
import { IconMovie, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { listDrafts } from '@/api/drafts'
import type { DraftSummary } from '@/api/types'
import { Empty } from '@/components/ui/Empty'
import { Figure } from '@/components/ui/Figure'
import { Page } from '@/components/ui/Page'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { bytes, count, duration } from '@/lib/format'
import { DraftBadge } from './DraftBadge'
import styles from './DraftsPage.module.css'
import { useDraftNews } from './useDraftNews'

export function DraftsPage() {
  const { t, language } = useWords()
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery({
    queryKey: ['drafts'],
    queryFn: ({ signal }) => listDrafts(undefined, signal),
  })
  useDraftNews()
  const drafts = data?.items
  const columns = useMemo<Column<DraftSummary>[]>(
    () => [
      {
        key: 'name',
        title: t('drafts.colName'),
        value: draft => draft.name,
        cell: draft => (
          <Link
            to="/drafts/$name"
            params={{ name: draft.name }}
            className={styles.name}
            title={draft.name}
          >
            {draft.title ?? draft.name}
          </Link>
        ),
      },
      {
        key: 'state',
        title: t('drafts.colState'),
        width: '112px',
        phoneWidth: '92px',
        value: draft => draft.state,
        cell: draft => <DraftBadge state={draft.state} />,
      },
      {
        key: 'length',
        title: t('drafts.colLength'),
        width: '92px',
        align: 'end',
        rank: 'second',
        value: draft => draft.durationMs ?? 0,
        cell: draft => duration(draft.durationMs, language),
      },
      {
        key: 'files',
        title: t('drafts.colFiles'),
        width: '80px',
        align: 'end',
        rank: 'second',
        value: draft => draft.files ?? 0,
        cell: draft => count(draft.files),
      },
      {
        key: 'size',
        title: t('drafts.colSize'),
        width: '92px',
        align: 'end',
        rank: 'second',
        value: draft => draft.bytes ?? 0,
        cell: draft => bytes(draft.bytes),
      },
      {
        key: 'created',
        title: t('drafts.colCreated'),
        width: '112px',
        phoneWidth: '84px',
        align: 'end',
        value: draft => draft.createdAt ?? '',
        cell: draft => <Time at={draft.createdAt} />,
      },
    ],
    [t, language],
  )
  const building = drafts?.filter(draft => draft.state === 'building').length
  return (
    <Page
      title={t('drafts.title')}
      actions={
        <Button
          leftSection={<IconPlus size={16} stroke={2} />}
          onClick={() => void navigate({ to: '/drafts/new' })}
        >
          {t('drafts.new')}
        </Button>
      }
      figures={
        <>
          <Figure label={t('drafts.title')}>{count(drafts?.length)}</Figure>
          <Figure label={t('drafts.building')} tone={building ? 'running' : undefined}>
            {count(building)}
          </Figure>
        </>
      }
    >
      <div className={styles.work}>
        {error && !drafts && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {!error && !drafts && <SkeletonRows rows={8} height={38} />}
        {drafts?.length === 0 && (
          <Empty icon={IconMovie} title={t('drafts.emptyTitle')} detail={t('drafts.emptyDetail')}>
            <Button onClick={() => void navigate({ to: '/drafts/new' })}>
              {t('drafts.emptyAction')}
            </Button>
          </Empty>
        )}
        {drafts && drafts.length > 0 && (
          <DataTable
            rows={drafts}
            columns={columns}
            keyOf={draft => draft.name}
            sortBy={{ key: 'created', descending: true }}
            onOpen={draft => void navigate({ to: '/drafts/$name', params: { name: draft.name } })}
          />
        )}
      </div>
    </Page>
  )
}
