import { Button } from '@mantine/core'
import { IconFileUnknown } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { type ErrorDetail, fetchError } from '@/api/errors'
import { isProblem } from '@/api/problem'
import { listTasks } from '@/api/tasks'
import { Empty } from '@/components/ui/Empty'
import { Id } from '@/components/ui/Id'
import { Page } from '@/components/ui/Page'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Sparkline } from '@/components/ui/Sparkline'
import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import { count, shortId } from '@/lib/format'
import { wantTopic } from '@/lib/live'
import { ErrorActions } from './ErrorActions'
import styles from './Errors.module.css'
import { shortName } from './ErrorTable'
import { VictimTable } from './VictimTable'

const SHOWN = 50

/** One group and the tasks that are dead of it, read again whenever groups have changed. */
function useError(fingerprint: string) {
  const client = useQueryClient()
  useEffect(
    () =>
      wantTopic('errors', () => {
        void client.invalidateQueries({ queryKey: ['error', fingerprint] })
      }),
    [client, fingerprint],
  )
  const group = useQuery({
    queryKey: ['error', fingerprint],
    queryFn: ({ signal }) => fetchError(fingerprint, signal),
  })
  const dead = useQuery({
    queryKey: ['error', fingerprint, 'dead'],
    queryFn: ({ signal }) =>
      listTasks({ state: ['dead'], tag: `error:${fingerprint}` }, { limit: SHOWN }, signal),
    enabled: group.data !== undefined,
  })
  return { group, dead }
}

export function ErrorPage() {
  const { t } = useWords()
  const navigate = useNavigate()
  const { fingerprint } = useParams({ from: '/errors/$fingerprint' })
  const { group, dead } = useError(fingerprint)
  const { data, error } = group
  if (error && !data) {
    const missing = isProblem(error) && error.status === 404
    return (
      <Page title={t('parts.errors')}>
        <div className={styles.work}>
          {missing ? (
            <Empty icon={IconFileUnknown} title={t('errors.notFound')} detail={fingerprint}>
              <Button variant="default" onClick={() => void navigate({ to: '/errors' })}>
                {t('errors.toList')}
              </Button>
            </Empty>
          ) : (
            <ProblemNote error={error} onRetry={() => void group.refetch()} />
          )}
        </div>
      </Page>
    )
  }
  if (!data) {
    return (
      <Page title={t('parts.errors')}>
        <SkeletonRows rows={8} height={38} />
      </Page>
    )
  }
  const victims = dead.data?.items
  return (
    <Page
      name={shortName(data.exception)}
      title={
        <span className={styles.title} title={data.exception}>
          {shortName(data.exception)}
        </span>
      }
      actions={<ErrorActions group={data} />}
    >
      <div className={styles.error}>{data.error}</div>
      <ErrorFacts group={data} />
      <div className={styles.sections}>
        <Section title={t('errors.types')}>
          <ul className={styles.types}>
            {data.types.map(each => (
              <li key={each.type}>
                <Link to="/tasks" search={{ type: each.type, tag: data.tag }}>
                  {each.type}
                </Link>{' '}
                {t('errors.ofType', { failures: count(each.failures), dead: count(each.dead) })}
              </li>
            ))}
          </ul>
        </Section>
        <Section
          title={t('errors.victims')}
          actions={
            <Link to="/tasks" search={{ state: 'dead', tag: data.tag }}>
              {t('errors.inTasks')}
            </Link>
          }
        >
          {dead.error && !victims && (
            <ProblemNote error={dead.error} onRetry={() => void dead.refetch()} />
          )}
          {victims?.length === 0 && <p>{t('errors.noVictims')}</p>}
          {victims && victims.length > 0 && <VictimTable tasks={victims} />}
        </Section>
        <Section title={t('errors.trace')}>
          <pre className={styles.trace}>{data.trace}</pre>
        </Section>
      </div>
    </Page>
  )
}

function ErrorFacts({ group }: { group: ErrorDetail }) {
  const { t } = useWords()
  return (
    <dl className={styles.facts}>
      <Fact name={t('state.dead')}>{count(group.dead)}</Fact>
      <Fact name={t('errors.colFailures')}>{count(group.failures)}</Fact>
      <Fact name={t('errors.first')}>
        <Time at={group.firstSeen} />
      </Fact>
      <Fact name={t('errors.colLast')}>
        <Time at={group.lastSeen} />
      </Fact>
      <Fact name={t('errors.colDay')}>
        <Sparkline values={group.hours} width={140} colour="var(--dead)" />
      </Fact>
      <Fact name={t('errors.sample')}>
        <Link to="/tasks/$id" params={{ id: group.task }} className="mono">
          {shortId(group.task)}
        </Link>
      </Fact>
      <Fact name={t('errors.fingerprint')}>
        <Id id={group.fingerprint} full />
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
