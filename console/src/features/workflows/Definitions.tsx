import { Button } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import { type Definition, listDefinitions } from '@/api/workflows'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { duration } from '@/lib/format'
import { milliseconds } from '@/lib/iso-duration'
import { StartDialog } from './StartDialog'
import { StartExample } from './StartExample'
import styles from './Workflows.module.css'

const JsonView = lazy(() =>
  import('@/components/ui/json/JsonView').then(module => ({ default: module.JsonView })),
)

/** The latest version of every definition; a run starts from here. */
export function Definitions() {
  const { t, language } = useWords()
  const { data, error, refetch } = useQuery({
    queryKey: ['definitions'],
    queryFn: ({ signal }) => listDefinitions(signal),
  })
  const [open, setOpen] = useState<string | null>(null)
  const [starting, setStarting] = useState<Definition | null>(null)
  const columns = useMemo<Column<Definition>[]>(
    () => [
      {
        key: 'name',
        title: t('workflows.colName'),
        value: each => each.name,
        cell: each => (
          <span className={styles.definition}>
            <button
              type="button"
              aria-expanded={each.name === open}
              onClick={event => {
                event.stopPropagation()
                setOpen(each.name === open ? null : each.name)
              }}
            >
              {each.name}
            </button>
            {each.definition.description && (
              <span className={styles.description}>{each.definition.description}</span>
            )}
          </span>
        ),
      },
      {
        key: 'version',
        title: t('workflows.version'),
        width: '72px',
        align: 'end',
        rank: 'second',
        value: each => each.version,
        cell: each => each.version,
      },
      {
        key: 'stages',
        title: t('workflows.stages'),
        width: '72px',
        align: 'end',
        rank: 'second',
        value: each => each.definition.stages.length,
        cell: each => each.definition.stages.length,
      },
      {
        key: 'estimate',
        title: t('workflows.estimate'),
        width: '96px',
        align: 'end',
        rank: 'second',
        value: each => milliseconds(each.estimate) ?? 0,
        cell: each => (
          <span title={each.criticalPath.join(' → ')}>
            {duration(milliseconds(each.estimate) || null, language)}
          </span>
        ),
      },
      {
        key: 'defined',
        title: t('workflows.defined'),
        width: '112px',
        align: 'end',
        rank: 'second',
        value: each => each.definedAt,
        cell: each => <Time at={each.definedAt} />,
      },
      {
        key: 'actions',
        title: <span className="sr-only">{t('workflows.start')}</span>,
        width: '180px',
        phoneWidth: '92px',
        align: 'end',
        cell: each => (
          <span className={styles.rowActions}>
            <Link to="/workflows" search={{ name: each.name }} className={styles.runsOf}>
              {t('workflows.runs')}
            </Link>
            <Button
              variant="default"
              size="compact-sm"
              onClick={event => {
                event.stopPropagation()
                setStarting(each)
              }}
            >
              {t('workflows.start')}
            </Button>
          </span>
        ),
      },
    ],
    [t, language, open],
  )
  return (
    <>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={6} height={38} />}
      {data?.length === 0 && (
        <Empty
          icon={IconRoute}
          title={t('workflows.noDefinitions')}
          detail={t('workflows.noDefinitionsDetail')}
        >
          <StartExample />
        </Empty>
      )}
      {data && data.length > 0 && (
        <DataTable
          rows={data}
          columns={columns}
          keyOf={each => each.name}
          sortBy={{ key: 'name', descending: false }}
          openKey={open}
          onOpen={each => setOpen(each.name === open ? null : each.name)}
          detail={each => (
            <Suspense fallback={<SkeletonRows rows={4} />}>
              <JsonView value={each.definition} />
            </Suspense>
          )}
        />
      )}
      {starting && <StartDialog definition={starting} onClose={() => setStarting(null)} />}
    </>
  )
}
