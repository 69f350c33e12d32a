import { useMemo } from 'react'
import type { Ranked } from '@/api/crew'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'

const PARTS = ['domain', 'skills', 'complexity', 'condition', 'usage'] as const

/** How well agents suit a request, the best first, and what each score is made of. */
export function RankTable({ rows }: { rows: Ranked[] }) {
  const { t } = useWords()
  const columns = useMemo<Column<Ranked>[]>(
    () => [
      {
        key: 'agent',
        title: t('crew.colAgent'),
        cell: each => (
          <span className={styles.job} data-unsuitable={!each.suitable || undefined}>
            <b className={styles.strong}>{each.agent}</b>
            <span className={styles.quiet}>
              {each.suitable ? each.matchedSkills.join(', ') : t('crew.unsuitable')}
            </span>
          </span>
        ),
      },
      {
        key: 'score',
        title: t('crew.score'),
        width: '84px',
        phoneWidth: '72px',
        align: 'end',
        value: each => each.score,
        cell: each => <b className={styles.strong}>{each.score}</b>,
      },
      ...PARTS.map<Column<Ranked>>(part => ({
        key: part,
        title: t(`crew.parts.${part}`),
        width: '92px',
        align: 'end',
        rank: 'second',
        value: each => each.parts[part],
        cell: each => each.parts[part],
      })),
    ],
    [t],
  )
  return (
    <DataTable
      rows={rows}
      columns={columns}
      keyOf={each => each.agent}
      sortBy={{ key: 'score', descending: true }}
    />
  )
}
