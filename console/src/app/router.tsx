import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { withWords } from '@/i18n'
import { Frame } from './Frame'
import { NotFound } from './NotFound'
import { PageFailed } from './PageFailed'
import { type PlainSearch, parseSearch, stringifySearch } from './search-params'

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound })

const plain = (search: Record<string, unknown>): PlainSearch => search as PlainSearch

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/overview/OverviewPage'), 'OverviewPage'),
})

const tasks = createRoute({
  getParentRoute: () => root,
  path: '/tasks',
  validateSearch: plain,
  component: lazyRouteComponent(() => import('@/features/tasks/TasksPage'), 'TasksPage'),
})

const task = createRoute({
  getParentRoute: () => tasks,
  path: '$id',
  component: lazyRouteComponent(() => import('@/features/tasks/detail/TaskDetail'), 'TaskDetail'),
})

const errors = createRoute({
  getParentRoute: () => root,
  path: '/errors',
  validateSearch: plain,
  component: lazyRouteComponent(() => import('@/features/errors/ErrorsPage'), 'ErrorsPage'),
})

const error = createRoute({
  getParentRoute: () => root,
  path: '/errors/$fingerprint',
  component: lazyRouteComponent(() => import('@/features/errors/ErrorPage'), 'ErrorPage'),
})

const queues = createRoute({
  getParentRoute: () => root,
  path: '/queues',
  validateSearch: plain,
  component: lazyRouteComponent(() => import('@/features/queues/QueuesPage'), 'QueuesPage'),
})

const schedules = createRoute({
  getParentRoute: () => root,
  path: '/schedules',
  validateSearch: plain,
  component: lazyRouteComponent(
    () => import('@/features/schedules/SchedulesPage'),
    'SchedulesPage',
  ),
})

const workflows = createRoute({
  getParentRoute: () => root,
  path: '/workflows',
  validateSearch: plain,
  component: lazyRouteComponent(
    () => import('@/features/workflows/WorkflowsPage'),
    'WorkflowsPage',
  ),
})

const run = createRoute({
  getParentRoute: () => root,
  path: '/workflows/$id',
  validateSearch: plain,
  component: lazyRouteComponent(() => import('@/features/workflows/RunPage'), 'RunPage'),
})

const approvals = createRoute({
  getParentRoute: () => root,
  path: '/approvals',
  component: lazyRouteComponent(
    () => import('@/features/approvals/ApprovalsPage'),
    'ApprovalsPage',
  ),
})

const batches = createRoute({
  getParentRoute: () => root,
  path: '/batches',
  component: lazyRouteComponent(() => import('@/features/batches/BatchesPage'), 'BatchesPage'),
})

const batch = createRoute({
  getParentRoute: () => root,
  path: '/batches/$id',
  component: lazyRouteComponent(() => import('@/features/batches/BatchPage'), 'BatchPage'),
})

const drafts = createRoute({
  getParentRoute: () => root,
  path: '/drafts',
  component: lazyRouteComponent(() => import('@/features/drafts/DraftsPage'), 'DraftsPage'),
})

const newDraft = createRoute({
  getParentRoute: () => root,
  path: '/drafts/new',
  component: lazyRouteComponent(() => import('@/features/drafts/NewDraftPage'), 'NewDraftPage'),
})

const draft = createRoute({
  getParentRoute: () => root,
  path: '/drafts/$name',
  validateSearch: plain,
  component: lazyRouteComponent(() => import('@/features/drafts/DraftPage'), 'DraftPage'),
})

const crew = createRoute({
  getParentRoute: () => root,
  path: '/crew',
  validateSearch: plain,
  component: lazyRouteComponent(
    () => withWords('crew', import('@/features/crew/CrewPage')),
    'CrewPage',
  ),
})

const crewRun = createRoute({
  getParentRoute: () => root,
  path: '/crew/runs/$id',
  validateSearch: plain,
  component: lazyRouteComponent(
    () => withWords('crew', import('@/features/crew/runs/CrewRunPage')),
    'CrewRunPage',
  ),
})

const decision = createRoute({
  getParentRoute: () => root,
  path: '/crew/decisions/$project/$number',
  component: lazyRouteComponent(
    () => withWords('crew', import('@/features/crew/decisions/DecisionPage')),
    'DecisionPage',
  ),
})

const system = createRoute({
  getParentRoute: () => root,
  path: '/system',
  validateSearch: plain,
  component: lazyRouteComponent(() => import('@/features/system/SystemPage'), 'SystemPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    tasks.addChildren([task]),
    errors,
    error,
    queues,
    schedules,
    workflows,
    run,
    approvals,
    batches,
    batch,
    drafts,
    newDraft,
    draft,
    crew,
    crewRun,
    decision,
    system,
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPendingMs: 200,
  defaultErrorComponent: PageFailed,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
