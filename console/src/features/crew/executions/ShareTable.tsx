import { useMemo } from 'react'
import type { Share } from '@/api/crew'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count, duration, percent } from '@/lib/format'
import styles from '../Crew.module.css'

/** Per agent: runs, success, mean time and its part of all the time that agents worked. */
export function ShareTable({ rows }: { rows: Share[] }) {
  const { t, language } = useWords()
  const columns = useMemo<Column<Share>[]>(
    () => [
      {
        key: 'name',
        title: t('crew.colAgent'),
        value: each => each.name,
        cell: each => <span className={styles.name}>{each.name}</span>,
      },
      {
        key: 'runs',
        title: t('crew.runs'),
        width: '84px',
        phoneWidth: '60px',
        align: 'end',
        value: each => each.runs,
        cell: each => count(each.runs),
      },
      {
        key: 'success',
        title: t('crew.succeeded'),
        width: '92px',
        phoneWidth: '72px',
        align: 'end',
        value: each => each.succeeded / each.runs,
        cell: each => percent(each.succeeded / each.runs),
      },
      {
        key: 'mean',
        title: t('crew.meanTime'),
        width: '112px',
        align: 'end',
        rank: 'second',
        value: each => each.meanSeconds,
        cell: each => duration(each.meanSeconds * 1000, language),
      },
      {
        key: 'load',
        title: t('crew.load'),
        width: '84px',
        align: 'end',
        rank: 'second',
        value: each => each.load,
        cell: each => percent(each.load),
      },
    ],
    [t, language],
  )
  return (
    <DataTable
      rows={rows}
      columns={columns}
      keyOf={each => each.name}
      sortBy={{ key: 'runs', descending: true }}
    />
  )
}
