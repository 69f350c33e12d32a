import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { ErrorGroup } from '@/api/errors'
import { Sparkline } from '@/components/ui/Sparkline'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count } from '@/lib/format'
import styles from './Errors.module.css'

/** `java.io.IOException`, and a class within a class, as people say it. */
export const shortName = (exception: string) => exception.split(/[.$]/).at(-1) ?? exception

/** Groups of errors, the one seen last first. */
export function ErrorTable({ groups }: { groups: ErrorGroup[] }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const columns = useMemo<Column<ErrorGroup>[]>(
    () => [
      {
        key: 'what',
        title: t('errors.colError'),
        value: group => group.exception,
        cell: group => (
          <Link
            to="/errors/$fingerprint"
            params={{ fingerprint: group.fingerprint }}
            className={styles.what}
            title={group.error}
          >
            <b>{shortName(group.exception)}</b>
            <span className={styles.message}>{group.message || group.error}</span>
          </Link>
        ),
      },
      {
        key: 'types',
        title: t('errors.colTypes'),
        width: '170px',
        rank: 'second',
        cell: group => {
          const types = group.types.map(each => each.type)
          return (
            <span title={types.join(', ')}>
              {types[0]}
              {types.length > 1 && ` +${types.length - 1}`}
            </span>
          )
        },
      },
      {
        key: 'day',
        title: t('errors.colDay'),
        width: '96px',
        rank: 'second',
        cell: group => <Sparkline values={group.hours} colour="var(--dead)" />,
      },
      {
        key: 'failures',
        title: t('errors.colFailures'),
        width: '84px',
        align: 'end',
        rank: 'second',
        value: group => group.failures,
        cell: group => count(group.failures),
      },
      {
        key: 'dead',
        title: t('state.dead'),
        width: '72px',
        phoneWidth: '52px',
        align: 'end',
        value: group => group.dead,
        cell: group => (
          <span data-tone={group.dead ? 'dead' : undefined} className={styles.number}>
            {count(group.dead)}
          </span>
        ),
      },
      {
        key: 'last',
        title: t('errors.colLast'),
        width: '112px',
        phoneWidth: '86px',
        align: 'end',
        value: group => group.lastSeen,
        cell: group => <Time at={group.lastSeen} />,
      },
    ],
    [t],
  )
  return (
    <DataTable
      rows={groups}
      columns={columns}
      keyOf={group => group.fingerprint}
      sortBy={{ key: 'last', descending: true }}
      onOpen={({ fingerprint }) =>
        void navigate({ to: '/errors/$fingerprint', params: { fingerprint } })
      }
    />
  )
}
