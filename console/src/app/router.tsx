import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
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

const queues = createRoute({
  getParentRoute: () => root,
  path: '/queues',
  component: lazyRouteComponent(() => import('@/features/queues/QueuesPage'), 'QueuesPage'),
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
    queues,
    drafts,
    newDraft,
    draft,
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
