import { Button } from '@mantine/core'
import { IconFileUnknown, IconMarkdown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { type Decision, fetchDecision, markdownUrl } from '@/api/crew-decisions'
import { isProblem } from '@/api/problem'
import { Empty } from '@/components/ui/Empty'
import { Figure } from '@/components/ui/Figure'
import { Page } from '@/components/ui/Page'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'
import { CrewBadge } from '../CrewBadge'
import { decisionAt } from '../decision-place'
import { Impacts } from './Impacts'
import { NetworkSection } from './NetworkSection'
import { StatusActions } from './StatusActions'

/** One decision: what was decided and why, what came of it, and what it hangs together with. */
export function DecisionPage() {
  const { t } = useWords()
  const navigate = useNavigate()
  const { project, number } = useParams({ from: '/crew/decisions/$project/$number' })
  const id = `${project}:${number}`
  const { data, error, refetch } = useQuery({
    queryKey: ['crew', 'decisions', id],
    queryFn: ({ signal }) => fetchDecision(id, signal),
  })
  if (error && !data) {
    const missing = isProblem(error) && (error.status === 404 || error.status === 400)
    return (
      <Page title={t('parts.crew')}>
        <div className={styles.work}>
          {missing ? (
            <Empty icon={IconFileUnknown} title={t('crew.decisionNotFound')} detail={id}>
              <Button
                variant="default"
                onClick={() => void navigate({ to: '/crew', search: { tab: 'decisions' } })}
              >
                {t('crew.toDecisions')}
              </Button>
            </Empty>
          ) : (
            <ProblemNote error={error} onRetry={() => void refetch()} />
          )}
        </div>
      </Page>
    )
  }
  if (!data) {
    return (
      <Page title={t('parts.crew')}>
        <SkeletonRows rows={8} height={38} />
      </Page>
    )
  }
  return (
    <Page
      name={data.title}
      title={
        <>
          <span className={styles.title} title={data.title}>
            {data.title}
          </span>
          <CrewBadge state={data.status} soft />
        </>
      }
      actions={
        <>
          <StatusActions decision={data} />
          <Button
            variant="default"
            component="a"
            href={markdownUrl(data.id)}
            download={`${data.number}.md`}
            leftSection={<IconMarkdown size={16} stroke={1.7} />}
          >
            Markdown
          </Button>
        </>
      }
      figures={<DecisionFigures decision={data} />}
    >
      <div className={styles.sections}>
        <Texts decision={data} />
        <Impacts decision={data} />
        <NetworkSection id={data.id} />
      </div>
    </Page>
  )
}

function DecisionFigures({ decision }: { decision: Decision }) {
  const { t } = useWords()
  return (
    <>
      <Figure label={t('crew.number')}>{decision.id}</Figure>
      <Figure label={t('crew.date')}>
        <Time at={decision.date} />
      </Figure>
      <Figure label={t('crew.maker')}>{decision.decisionMaker || '–'}</Figure>
      {decision.supersededBy && (
        <Link {...decisionAt(decision.supersededBy)} className={styles.link}>
          {t('crew.supersededBy', { id: decision.supersededBy })}
        </Link>
      )}
      {decision.metadata?.workflowId && (
        <Link
          to="/crew/runs/$id"
          params={{ id: decision.metadata.workflowId }}
          className={styles.link}
        >
          {t('crew.itsRun')}
        </Link>
      )}
    </>
  )
}

function Texts({ decision }: { decision: Decision }) {
  const { t } = useWords()
  const people = [...decision.stakeholders, ...decision.agentsInvolved]
  return (
    <>
      {(['context', 'decision', 'reasoning', 'consequences'] as const).map(part =>
        decision[part] ? (
          <Section key={part} title={t(`crew.${part}`)}>
            <p className={styles.text}>{decision[part]}</p>
          </Section>
        ) : null,
      )}
      {decision.options.length > 0 && (
        <Section title={t('crew.options')}>
          <ul className={styles.options}>
            {decision.options.map(option => (
              <li key={option.name}>
                <b className={styles.strong}>{option.name}</b>
                {option.pros?.map(pro => (
                  <span key={`+${pro}`}>+ {pro}</span>
                ))}
                {option.cons?.map(con => (
                  <span key={`-${con}`}>− {con}</span>
                ))}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {(decision.tags.length > 0 || people.length > 0) && (
        <p className={styles.tagRow}>
          {decision.tags.map(tag => (
            <Link key={tag} to="/crew" search={{ tab: 'decisions', tag }} className={styles.chip}>
              {tag}
            </Link>
          ))}
          {people.length > 0 && (
            <span className={styles.quiet}>
              {t('crew.involved')}: {people.join(', ')}
            </span>
          )}
        </p>
      )}
    </>
  )
}
