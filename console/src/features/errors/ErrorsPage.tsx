import { IconBug } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useRef } from 'react'
import { ERROR_STATES } from '@/api/errors'
import { CodeLine } from '@/components/ui/CodeLine'
import { Empty } from '@/components/ui/Empty'
import { Figure } from '@/components/ui/Figure'
import { More } from '@/components/ui/More'
import { Page } from '@/components/ui/Page'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SearchBox } from '@/components/ui/SearchBox'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Tabs } from '@/components/ui/Tabs'
import { useWords } from '@/i18n'
import { count } from '@/lib/format'
import { useHotkeys } from '@/lib/hotkeys'
import styles from './Errors.module.css'
import { ErrorTable } from './ErrorTable'
import { useErrors } from './useErrors'

const EXAMPLE =
  "curl -H 'Content-Type: application/json' $URL/api/v1/tasks -d " +
  `'{"type":"sample.fail","input":{"times":100}}'`

export function ErrorsPage() {
  const { t } = useWords()
  const navigate = useNavigate()
  const search = useSearch({ from: '/errors' })
  const input = useRef<HTMLInputElement>(null)
  const state = ERROR_STATES.find(each => each === search.state)
  const text = search.q?.trim() || undefined
  const { rows, more, loadMore, loading, filtered, error, refetch } = useErrors({ state, text })
  const go = (change: { q?: string; state?: string }) =>
    void navigate({ to: '/errors', search: { ...search, ...change }, replace: true })
  useHotkeys({
    '/': event => {
      event.preventDefault()
      input.current?.focus()
    },
  })
  const dead = rows?.reduce((sum, group) => sum + group.dead, 0)
  return (
    <Page
      title={t('parts.errors')}
      figures={
        <>
          <Figure label={t('errors.kinds')}>
            {count(rows?.length)}
            {more && '+'}
          </Figure>
          <Figure label={t('errors.deadNow')} tone={dead ? 'dead' : undefined}>
            {count(dead)}
          </Figure>
          <Figure label={t('errors.lastDay')}>
            {count(rows?.reduce((sum, { hours }) => hours.reduce((a, b) => a + b, sum), 0))}
          </Figure>
        </>
      }
    >
      <div className={styles.work}>
        {(filtered || (rows && rows.length > 0)) && (
          <div className={styles.filter}>
            <SearchBox
              value={search.q ?? ''}
              placeholder={t('errors.filter')}
              input={input}
              onChange={q => go({ q: q || undefined })}
            />
            <Tabs
              tabs={[
                { key: '', label: t('tasks.all') },
                ...ERROR_STATES.map(key => ({ key, label: t(`errors.states.${key}`) })),
              ]}
              current={state ?? ''}
              onChange={key => go({ state: key || undefined })}
            />
          </div>
        )}
        {error && !rows && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {!error && !rows && <SkeletonRows rows={8} height={44} />}
        {rows?.length === 0 && filtered && <Empty icon={IconBug} title={t('errors.noMatch')} />}
        {rows?.length === 0 && !filtered && (
          <Empty icon={IconBug} title={t('errors.emptyTitle')} detail={t('errors.emptyDetail')}>
            <CodeLine code={EXAMPLE.replace('$URL', location.origin)} />
          </Empty>
        )}
        {rows && rows.length > 0 && <ErrorTable groups={rows} />}
        <More more={more} loading={loading} onMore={loadMore} />
      </div>
    </Page>
  )
}
