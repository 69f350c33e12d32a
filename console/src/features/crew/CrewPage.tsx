import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { Page } from '@/components/ui/Page'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Tabs } from '@/components/ui/Tabs'
import { useWords } from '@/i18n'
import styles from './Crew.module.css'
import { useWork } from './work/useWork'

const TABS = {
  plan: lazy(() => import('./plan/PlanTab').then(({ PlanTab }) => ({ default: PlanTab }))),
  runs: lazy(() => import('./runs/RunsTab').then(({ RunsTab }) => ({ default: RunsTab }))),
  work: lazy(() => import('./work/WorkTab').then(({ WorkTab }) => ({ default: WorkTab }))),
  decisions: lazy(() =>
    import('./decisions/DecisionsTab').then(({ DecisionsTab }) => ({ default: DecisionsTab })),
  ),
  agents: lazy(() =>
    import('./agents/AgentsTab').then(({ AgentsTab }) => ({ default: AgentsTab })),
  ),
  executions: lazy(() =>
    import('./executions/ExecutionsTab').then(({ ExecutionsTab }) => ({ default: ExecutionsTab })),
  ),
  workspaces: lazy(() =>
    import('./workspaces/WorkspacesTab').then(({ WorkspacesTab }) => ({ default: WorkspacesTab })),
  ),
  templates: lazy(() =>
    import('./templates/TemplatesTab').then(({ TemplatesTab }) => ({ default: TemplatesTab })),
  ),
}

type Tab = keyof typeof TABS
const NAMES = Object.keys(TABS) as Tab[]

/** From a request to a plan, its runs, and what was learnt: one tab each. */
export function CrewPage() {
  const { t } = useWords()
  const navigate = useNavigate()
  const search = useSearch({ from: '/crew' })
  const tab = NAMES.find(name => name === search.tab) ?? 'plan'
  const Shown = TABS[tab]
  const { data: waiting } = useWork()
  return (
    <Page title={t('parts.crew')}>
      <Tabs
        tabs={NAMES.map(name => ({
          key: name,
          label: t(`crew.tabs.${name}`),
          count:
            name === 'work' && waiting?.items.length ? String(waiting.items.length) : undefined,
        }))}
        current={tab}
        onChange={key =>
          void navigate({ to: '/crew', search: { tab: key === 'plan' ? undefined : key } })
        }
      />
      <div className={styles.work}>
        <Suspense fallback={<SkeletonRows rows={8} height={38} />}>
          <Shown />
        </Suspense>
      </div>
    </Page>
  )
}
