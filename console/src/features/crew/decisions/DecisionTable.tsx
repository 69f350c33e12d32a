import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { DecisionItem } from '@/api/crew-decisions'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'
import { CrewBadge } from '../CrewBadge'
import { decisionAt } from '../decision-place'

export function DecisionTable({ rows }: { rows: DecisionItem[] }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const columns = useMemo<Column<DecisionItem>[]>(
    () => [
      {
        key: 'title',
        title: t('crew.colTitle'),
        value: each => each.title,
        cell: each => (
          <span className={styles.job}>
            <Link {...decisionAt(each.id)} title={each.title}>
              {each.title}
            </Link>
            <span className={styles.quiet}>{each.id}</span>
          </span>
        ),
      },
      {
        key: 'status',
        title: t('crew.status'),
        width: '120px',
        phoneWidth: '96px',
        value: each => each.status,
        cell: each => <CrewBadge state={each.status} />,
      },
      {
        key: 'maker',
        title: t('crew.maker'),
        width: '150px',
        rank: 'second',
        value: each => each.decisionMaker,
        cell: each => <span title={each.decisionMaker}>{each.decisionMaker || '–'}</span>,
      },
      {
        key: 'tags',
        title: t('task.tags'),
        width: '22%',
        rank: 'third',
        cell: each => <span title={each.tags.join(', ')}>{each.tags.join(', ')}</span>,
      },
      {
        key: 'date',
        title: t('crew.date'),
        width: '112px',
        phoneWidth: '80px',
        align: 'end',
        value: each => each.date,
        cell: each => <Time at={each.date} />,
      },
    ],
    [t],
  )
  return (
    <DataTable
      rows={rows}
      columns={columns}
      keyOf={each => each.id}
      onOpen={each => void navigate(decisionAt(each.id))}
    />
  )
}
