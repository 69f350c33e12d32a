// Each page when there is nothing yet, when the server answers with a problem, and when it is gone.
import assert from 'node:assert/strict'
import { seedCrew } from './crew.mjs'
import { seedRooms } from './rooms.mjs'

/** A page, what stands on it when all is well, and what when there is nothing yet. */
const PAGES = [
  { path: '/', well: 'All is well', empty: ['Nothing runs right now', 'No dead tasks'] },
  { path: '/tasks', well: 'sample.noop', empty: ['No tasks yet'] },
  { path: '/tasks?state=dead&tag=none', empty: ['No task matches these filters'] },
  { path: '/errors', well: 'IllegalStateException', empty: ['No errors yet'] },
  { path: '/queues', well: 'default', empty: ['No queues yet'] },
  { path: '/queues?tab=limits', well: 'e2e-limit', empty: ['No limits yet'] },
  { path: '/queues?tab=tenants', well: 'e2e-tenant', empty: ['No tenants yet'] },
  { path: '/queues?tab=workers', well: 'Stolen', empty: ['Stolen'] },
  { path: '/schedules', well: 'e2e.seeded', empty: ['draft.cleanup'] },
  { path: '/workflows', well: 'e2e-asked', empty: ['No runs yet'] },
  { path: '/workflows?tab=definitions', well: 'e2e-asked', empty: ['No definitions yet'] },
  { path: '/workflows?status=undoing', empty: ['No run matches'] },
  { path: '/approvals', well: 'A person approves', empty: ['Nothing waits for a person'] },
  { path: '/batches', well: 'e2e-batch', empty: ['No batches yet'] },
  { path: '/drafts', empty: ['No drafts yet'] },
  { path: '/crew?tab=runs', well: 'e2e-seeded', empty: ['No runs yet'] },
  { path: '/crew?tab=work', well: 'api-designer', empty: ['Nothing waits for people'] },
  { path: '/crew?tab=decisions', well: 'Move to PostgreSQL', empty: ['No decisions yet'] },
  { path: '/crew?tab=agents', well: 'backend-architect', empty: ['backend-architect'] },
  { path: '/crew?tab=executions', well: 'JWT', empty: ['No executions yet'] },
  { path: '/crew?tab=templates', well: 'Premium quality', empty: ['Premium quality'] },
  { path: '/crew?q=login', well: 'Stages', empty: ['Stages'] },
  { path: '/system', well: 'Mean commit', empty: ['Mean commit'] },
  { path: '/system?tab=statements', well: 'SELECT', empty: ['SELECT'] },
  { path: '/system?tab=followers', well: 'crew.decisions', empty: ['crew.decisions'] },
  { path: '/system?tab=webhooks', well: 'e2e-hook', empty: ['No web hooks yet'] },
  { path: '/system?tab=config', well: 'server.port', empty: ['server.port'] },
  { path: '/system?tab=about', well: 'OpenAPI document', empty: ['OpenAPI document'] },
]

/** About has its facts from /health, which is asked for and not part of the interface. */
const ASKED = /\/(api\/v1\/|health)/

const PROBLEM = {
  type: 'about:blank',
  title: 'The store is away',
  status: 500,
  detail: 'It went for a walk.',
  code: 'store-away',
  remedy: 'Wait for it.',
}

export function* everyState(tools) {
  for (const page of PAGES) {
    const { path } = page
    if (tools.empty) yield [`nothing yet on ${path}`, () => nothingYet(page, tools)]
    yield [`a problem on ${path}`, () => aProblem(page, tools)]
    yield [`a lost connection on ${path}`, () => lost(page, tools)]
  }
  yield ['nothing follows the journal', () => noFollower(tools)]
  yield ['what was missed while the connection was lost comes by itself', () => missed(tools)]
}

async function see(page, text) {
  await page.locator('main').getByText(text, { exact: false }).first().waitFor()
}

/** A server where nothing has happened says what would be here. */
async function nothingYet({ path, empty: texts }, { empty, visitor }) {
  for (const width of [360, 1280]) {
    const page = await visitor({ width })
    await page.goto(empty + path)
    for (const text of texts) await see(page, text)
    assert.equal(await page.getByRole('alert').count(), 0, 'nothing is wrong')
    await page.context().close()
  }
}

/** The problem stands where the data would, with its code; the frame lives; a click mends it. */
async function aProblem({ path, well }, { base, visitor }) {
  await ensureTask(base)
  await seedRooms(base)
  await seedCrew(base)
  const page = await visitor()
  page.expected.push(/500|Failed to load resource/)
  const broken = route =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: JSON.stringify(PROBLEM),
    })
  await page.route(ASKED, broken)
  await page.goto(base + path)
  const note = page.locator('main').getByRole('alert').first()
  await note.getByText(PROBLEM.title).waitFor()
  await note.getByText(PROBLEM.remedy).waitFor()
  await note.getByText(PROBLEM.code).waitFor()
  await page.getByRole('navigation', { name: 'Parts' }).getByText('Queues').waitFor()
  await page.locator('h1').first().waitFor()
  await page.unroute(ASKED, broken)
  // It may have mended itself meanwhile.
  await note
    .getByRole('button', { name: 'Try again' })
    .click({ timeout: 1_000 })
    .catch(() => undefined)
  if (well) await see(page, well)
  await page.waitForFunction(() => !document.querySelector('main [role="alert"]'))
  await page.context().close()
}

/** A banner says since when; what was shown stays; all heals without a hand. */
async function lost({ path, well }, { base, visitor }) {
  await ensureTask(base)
  await seedRooms(base)
  await seedCrew(base)
  const page = await visitor()
  page.expected.push(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
  await page.goto(base + path)
  if (well) await see(page, well)
  await page.getByRole('status', { name: 'Live' }).waitFor()
  await cut(page)
  await page.getByRole('alert').getByText('The connection is lost').waitFor()
  await page.locator('h1').first().waitFor()
  if (well && path !== '/') await see(page, well)
  await page.context().setOffline(false)
  await page.getByText('The connection is lost').waitFor({ state: 'detached' })
  await page.getByRole('status', { name: 'Live' }).waitFor()
  if (well) await see(page, well)
  await page.waitForFunction(() => !document.querySelector('main [role="alert"]'))
  await page.context().close()
}

/** Every server has a follower, so that only an answer made up here shows the page without one. */
async function noFollower({ base, visitor }) {
  const none = JSON.stringify({ items: [], next: null })
  for (const [language, text] of [
    ['en', 'Nothing follows the journal'],
    ['zh', '没有跟随者'],
  ]) {
    const page = await visitor({ language })
    await page.route(/\/api\/v1\/followers$/, route =>
      route.fulfill({ contentType: 'application/json', body: none }),
    )
    await page.route(/\/api\/v1\/live/, route =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: `event: followers\ndata: ${none}\n\n`,
      }),
    )
    await page.goto(`${base}/system?tab=followers`)
    await see(page, text)
    assert.equal(await page.locator('main').getByText('crew.decisions').count(), 0)
    await page.context().close()
  }
}

async function missed({ base, visitor }) {
  await ensureTask(base)
  const page = await visitor()
  page.expected.push(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
  await page.goto(`${base}/queues`)
  await page.getByRole('button', { name: 'Pause queue default' }).waitFor()
  await cut(page)
  await page.getByRole('alert').getByText('The connection is lost').waitFor()
  await fetch(`${base}/api/v1/queues/default/pause`, { method: 'POST' })
  try {
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Resume queue default' }).waitFor()
  } finally {
    await fetch(`${base}/api/v1/queues/default/resume`, { method: 'POST' })
  }
  // Pushed: nobody asks again.
  await page.getByRole('button', { name: 'Pause queue default' }).waitFor()
  await page.context().close()
}

/** Cuts a page off. */
export async function cut(page) {
  await page.context().setOffline(true)
  // Chromium lets open streams live on: a hidden page gives them up, a shown one opens new ones.
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
    Object.defineProperty(document, 'hidden', { value: false, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
}

async function ensureTask(base) {
  const response = await fetch(`${base}/api/v1/tasks`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ type: 'sample.noop', input: {} }),
  })
  assert.equal(response.status, 202)
}
