import { Button } from '@mantine/core'
import {
  IconDownload,
  IconGavel,
  IconList,
  IconPlus,
  IconSitemap,
  IconUpload,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useState } from 'react'
import {
  type DecisionQuery,
  exportUrl,
  fetchAnalytics,
  searchDecisions,
} from '@/api/crew-decisions'
import { Empty } from '@/components/ui/Empty'
import { More } from '@/components/ui/More'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import { count } from '@/lib/format'
import { useFurther } from '@/lib/use-further'
import { Counts } from '../Counts'
import styles from '../Crew.module.css'
import { useStateWord } from '../CrewBadge'
import { DecisionFilters } from './DecisionFilters'
import { DecisionTable } from './DecisionTable'
import { isNarrowed, queryOf } from './filters'
import { WholeNetwork } from './WholeNetwork'

const RecordDialog = lazy(() =>
  import('./RecordDialog').then(module => ({ default: module.RecordDialog })),
)
const ImportDialog = lazy(() =>
  import('./ImportDialog').then(module => ({ default: module.ImportDialog })),
)

/** The record of decisions: search, counts, and ways in and out. */
export function DecisionsTab() {
  const { t } = useWords()
  const word = useStateWord()
  const navigate = useNavigate()
  const search = useSearch({ from: '/crew' })
  const [asking, setAsking] = useState<'record' | 'import' | null>(null)
  const query = queryOf(search)
  const key = JSON.stringify(query)
  const found = useQuery({
    queryKey: ['crew', 'decisions', 'found', key],
    queryFn: ({ signal }) => searchDecisions(query, signal),
  })
  const analytics = useQuery({
    queryKey: ['crew', 'decisions', 'analytics'],
    queryFn: ({ signal }) => fetchAnalytics(signal),
  })
  const older = useCallback(
    (cursor: string) => searchDecisions({ ...(JSON.parse(key) as DecisionQuery), cursor }),
    [key],
  )
  const { rows, more, loadMore, loading } = useFurther(found.data, older, each => each.id, key)
  const narrow = (change: Record<string, string | undefined>) =>
    void navigate({
      to: '/crew',
      search: { ...search, tab: 'decisions', ...change },
      replace: true,
      resetScroll: false,
    })
  const toggle = (name: string, had: string | undefined) => (value: string) =>
    narrow({ [name]: value === had ? undefined : value })
  const counted = analytics.data
  const drawn = search.view === 'network'
  return (
    <>
      <div className={styles.bar}>
        <DecisionFilters search={search} onChange={narrow} />
        <span className={styles.barActions}>
          <Button
            variant="default"
            aria-pressed={drawn}
            leftSection={
              drawn ? <IconList size={15} stroke={1.8} /> : <IconSitemap size={15} stroke={1.8} />
            }
            onClick={() => narrow({ view: drawn ? undefined : 'network' })}
          >
            {t(drawn ? 'crew.asList' : 'crew.asNetwork')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconUpload size={15} stroke={1.8} />}
            onClick={() => setAsking('import')}
          >
            {t('crew.import')}
          </Button>
          <Button
            variant="default"
            component="a"
            href={exportUrl(query.project)}
            download
            leftSection={<IconDownload size={15} stroke={1.8} />}
          >
            {t('crew.export')}
          </Button>
          <Button
            leftSection={<IconPlus size={15} stroke={2} />}
            onClick={() => setAsking('record')}
          >
            {t('crew.record')}
          </Button>
        </span>
      </div>
      {counted && counted.total > 0 && (
        <div className={styles.countRow}>
          <Counts
            title={t('crew.byStatus')}
            counts={counted.byStatus}
            words={word}
            chosen={search.status}
            onChoose={toggle('status', search.status)}
          />
          <Counts
            title={t('crew.byMaker')}
            counts={counted.byMaker}
            chosen={search.maker}
            onChoose={toggle('maker', search.maker)}
          />
          <Counts
            title={t('crew.byTag')}
            counts={counted.byTag}
            chosen={search.tag}
            onChoose={toggle('tag', search.tag)}
          />
          <Counts
            title={t('crew.byProject')}
            counts={counted.byProject}
            chosen={search.project}
            onChoose={toggle('project', search.project)}
          />
          <Counts title={t('crew.byMonth')} counts={counted.byMonth.slice(-8)} />
        </div>
      )}
      {counted && counted.total > 0 && (
        <p className={styles.hint}>
          {t('crew.counted', {
            decisions: count(counted.total),
            impacts: count(counted.impacts),
          })}
        </p>
      )}
      {drawn && <WholeNetwork project={query.project} />}
      {!drawn && found.error && !rows && (
        <ProblemNote error={found.error} onRetry={() => void found.refetch()} />
      )}
      {!drawn && !found.error && !rows && <SkeletonRows rows={8} height={38} />}
      {!drawn && rows?.length === 0 && (
        <Empty
          icon={IconGavel}
          title={t(isNarrowed(query) ? 'crew.noDecisionMatches' : 'crew.noDecisions')}
          detail={isNarrowed(query) ? undefined : t('crew.noDecisionsDetail')}
        >
          {!isNarrowed(query) && (
            <Button onClick={() => setAsking('record')}>{t('crew.record')}</Button>
          )}
        </Empty>
      )}
      {!drawn && rows && rows.length > 0 && <DecisionTable rows={rows} />}
      <More more={more && !drawn} loading={loading} onMore={loadMore} />
      <Suspense fallback={null}>
        {asking === 'record' && <RecordDialog onClose={() => setAsking(null)} />}
        {asking === 'import' && <ImportDialog onClose={() => setAsking(null)} />}
      </Suspense>
    </>
  )
}
