import { Button } from '@mantine/core'
import { IconPlus, IconSchool, IconUsersGroup } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useDeferredValue, useState } from 'react'
import { type Agent, learnAgents, listAgents, rankAgents } from '@/api/crew'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SearchBox } from '@/components/ui/SearchBox'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import { useAction } from '@/lib/use-action'
import styles from '../Crew.module.css'
import { useTaskNews } from '../useTaskNews'
import { AgentTable } from './AgentTable'
import { RankTable } from './RankTable'

const AgentDialog = lazy(() =>
  import('./AgentDialog').then(module => ({ default: module.AgentDialog })),
)

/** Who can work, and how well each suits a request. */
export function AgentsTab() {
  const { t } = useWords()
  const act = useAction(['crew', 'agents'])
  useTaskNews('crew.learn', ['crew', 'agents'])
  const [request, setRequest] = useState('')
  const asked = useDeferredValue(request.trim())
  const [editing, setEditing] = useState<Agent | 'new' | null>(null)
  const agents = useQuery({
    queryKey: ['crew', 'agents'],
    queryFn: ({ signal }) => listAgents(signal),
  })
  const ranked = useQuery({
    queryKey: ['crew', 'rank', asked],
    queryFn: ({ signal }) => rankAgents(asked, signal),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <div className={styles.bar}>
        <div className={styles.filters}>
          <SearchBox value={request} placeholder={t('crew.rankFor')} onChange={setRequest} />
        </div>
        <span className={styles.barActions}>
          <Button
            variant="default"
            loading={act.isPending}
            leftSection={<IconSchool size={15} stroke={1.8} />}
            title={t('crew.learnText')}
            onClick={() => act.mutate({ does: learnAgents, said: t('crew.learning') })}
          >
            {t('crew.learn')}
          </Button>
          <Button leftSection={<IconPlus size={15} stroke={2} />} onClick={() => setEditing('new')}>
            {t('crew.newAgent')}
          </Button>
        </span>
      </div>
      {asked && ranked.error && (
        <ProblemNote error={ranked.error} onRetry={() => void ranked.refetch()} />
      )}
      {asked && ranked.data && <RankTable rows={ranked.data} />}
      {!asked && agents.error && !agents.data && (
        <ProblemNote error={agents.error} onRetry={() => void agents.refetch()} />
      )}
      {!asked && !agents.error && !agents.data && <SkeletonRows rows={8} height={38} />}
      {!asked && agents.data?.length === 0 && (
        <Empty icon={IconUsersGroup} title={t('crew.noAgents')} />
      )}
      {!asked && agents.data && agents.data.length > 0 && (
        <AgentTable rows={agents.data} onEdit={setEditing} />
      )}
      {editing && (
        <Suspense fallback={null}>
          <AgentDialog
            agent={editing === 'new' ? undefined : editing}
            onClose={() => setEditing(null)}
          />
        </Suspense>
      )}
    </>
  )
}
