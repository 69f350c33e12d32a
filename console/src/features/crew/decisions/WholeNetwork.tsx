import { IconGavel } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { fetchWholeNetwork } from '@/api/crew-decisions'
import { Empty } from '@/components/ui/Empty'
import { Graph } from '@/components/ui/graph/Graph'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'
import { CrewBadge, toneOf } from '../CrewBadge'
import { decisionAt } from '../decision-place'
import { useKnownWords } from '../useKnownWords'
import { nodesOf } from './network'

/** What follows the id of a decision in that of an impact. */
const IMPACT = /\/impacts\/\d+$/

/** Which decisions took the place of which, older ones to the left, and what came of them. */
export function WholeNetwork({ project }: { project: string | undefined }) {
  const { t } = useWords()
  const known = useKnownWords()
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery({
    queryKey: ['crew', 'decisions', 'network', project],
    queryFn: ({ signal }) => fetchWholeNetwork(project, signal),
  })
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={6} height={62} />
  if (data.nodes.length === 0) {
    return <Empty icon={IconGavel} title={t('crew.noLinks')} detail={t('crew.noLinksDetail')} />
  }
  const decisions = new Set(
    data.nodes.filter(node => node.kind === 'decision').map(node => node.id),
  )
  return (
    <>
      <Graph
        nodes={nodesOf(data).map(node => ({
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
        onSelect={name => void navigate(decisionAt(name.replace(IMPACT, '')))}
      />
      {data.cut && <p className={styles.quiet}>{t('crew.networkCut')}</p>}
    </>
  )
}
