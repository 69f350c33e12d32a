import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { fetchNetwork } from '@/api/crew-decisions'
import { Graph } from '@/components/ui/graph/Graph'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'
import { CrewBadge, toneOf } from '../CrewBadge'
import { decisionAt } from '../decision-place'
import { useKnownWords } from '../useKnownWords'
import { nodesOf } from './network'

/** What a decision hangs together with: older ones to the left, what came of them to the right. */
export function NetworkSection({ id }: { id: string }) {
  const { t } = useWords()
  const known = useKnownWords()
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery({
    queryKey: ['crew', 'decisions', id, 'network'],
    queryFn: ({ signal }) => fetchNetwork(id, signal),
  })
  const nodes = data && nodesOf(data)
  const decisions = new Set(
    data?.nodes.filter(node => node.kind === 'decision').map(node => node.id),
  )
  return (
    <Section title={t('crew.network')}>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={3} />}
      {nodes?.length === 1 && <p className={styles.quiet}>{t('crew.noNetwork')}</p>}
      {nodes && nodes.length > 1 && (
        <Graph
          nodes={nodes.map(node => ({
            ...node,
            tone: decisions.has(node.name) ? toneOf(node.state) : undefined,
            line: decisions.has(node.name) ? (
              <CrewBadge state={node.state} />
            ) : (
              <span className={styles.quiet}>
                {known('outcomes', node.state) || t('crew.impact')}
              </span>
            ),
          }))}
          selected={id}
          onSelect={name => {
            if (decisions.has(name)) {
              void navigate(decisionAt(name))
            }
          }}
        />
      )}
      {data?.cut && <p className={styles.quiet}>{t('crew.networkCut')}</p>}
    </Section>
  )
}
