import { Button } from '@mantine/core'
import { IconUserQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { Work } from '@/api/crew'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'
import { useSpoken } from '../useSpoken'
import { AnswerDialog } from './AnswerDialog'
import { useWork } from './useWork'

/** What waits for people, of all runs. */
export function WorkTab() {
  const { t } = useWords()
  const { data, error, refetch } = useWork()
  const [answering, setAnswering] = useState<Work | null>(null)
  const spoken = useSpoken()
  const columns = useMemo<Column<Work>[]>(
    () => [
      {
        key: 'agent',
        title: t('crew.colAgent'),
        width: '200px',
        phoneWidth: '110px',
        value: item => item.work.agent,
        cell: item => <b className={styles.strong}>{item.work.agent}</b>,
      },
      {
        key: 'about',
        title: t('crew.colAbout'),
        cell: item => (
          <span className={styles.job}>
            <Link
              to="/crew/runs/$id"
              params={{ id: item.work.workflow }}
              search={{ stage: item.work.stage }}
              title={item.work.request}
            >
              {item.work.request}
            </Link>
            <span className={styles.quiet}>{spoken(item.work.description)}</span>
          </span>
        ),
      },
      {
        key: 'since',
        title: t('crew.since'),
        width: '112px',
        align: 'end',
        rank: 'second',
        value: item => item.since,
        cell: item => <Time at={item.since} />,
      },
      {
        key: 'answer',
        title: <span className="sr-only">{t('crew.answer')}</span>,
        width: '104px',
        phoneWidth: '84px',
        align: 'end',
        cell: item => (
          <Button size="compact-sm" variant="default" onClick={() => setAnswering(item)}>
            {t('crew.answer')}
          </Button>
        ),
      },
    ],
    [t, spoken],
  )
  const rows = data?.items
  return (
    <>
      {error && !rows && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!error && !rows && <SkeletonRows rows={4} height={44} />}
      {rows?.length === 0 && (
        <Empty icon={IconUserQuestion} title={t('crew.noWork')} detail={t('crew.noWorkDetail')} />
      )}
      {rows && rows.length > 0 && (
        <DataTable
          rows={rows}
          columns={columns}
          keyOf={item => item.taskId}
          sortBy={{ key: 'since', descending: true }}
        />
      )}
      {answering && (
        <AnswerDialog
          taskId={answering.taskId}
          agent={answering.work.agent}
          about={spoken(answering.work.description)}
          request={answering.work.request}
          onClose={() => setAnswering(null)}
        />
      )}
    </>
  )
}
