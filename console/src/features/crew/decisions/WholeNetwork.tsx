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
import { nodesOf } from './network'

/** Which decisions took the place of which: older ones to the left. */
export function WholeNetwork({ project }: { project: string | undefined }) {
  const { t } = useWords()
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
  return (
    <>
      <Graph
        nodes={nodesOf(data).map(node => ({
          ...node,
          tone: toneOf(node.state),
          line: <CrewBadge state={node.state} />,
        }))}
        onSelect={name => void navigate(decisionAt(name))}
      />
      {data.cut && <p className={styles.quiet}>{t('crew.networkCut')}</p>}
    </>
  )
}
