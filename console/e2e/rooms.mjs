// Schedules, workflows, sync points, batches and signals, as people work with them.
import assert from 'node:assert/strict'

export function* rooms(tools) {
  yield ['make a schedule, see its times, run and remove it', () => schedule(tools)]
  yield ['follow a run, approve it, fork it', () => run(tools)]
  yield ['answer what waits for people from one list', () => approvals(tools)]
  yield ['roll a run back and cancel it', () => rollBack(tools)]
  yield ['see why a definition is refused', () => definition(tools)]
  yield ['watch a batch and cancel it', () => batch(tools)]
  yield ['send a signal to a task that waits for it', () => signal(tools)]
  yield ['go from a task to what it belongs to', () => relatives(tools)]
  yield ['set a limit and remove it', () => limit(tools)]
  yield ['move a task that waits, then delete it', () => place(tools)]
  yield ['set the time limit of a type and take it back', () => typeRule(tools)]
  yield ['retry all that died of one error, and discard one', () => errors(tools)]
  yield ['set a web hook, see its secret once, remove it', () => webhook(tools)]
  yield ['weigh a tenant on a phone and take it back', () => tenant(tools)]
  yield ['open and pause a schedule with the keyboard', () => keyboard(tools)]
}

async function send(base, path, body, method = 'POST') {
  const response = await fetch(base + path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  assert.ok(response.ok, `${path} answered ${response.status}: ${await response.clone().text()}`)
  return response.json()
}

const ASKED = {
  name: 'e2e-asked',
  stages: [
    { name: 'first', tasks: [{ name: 'a', type: 'sample.noop' }] },
    {
      name: 'review',
      after: ['first'],
      tasks: [{ name: 'b', type: 'sample.noop' }],
      sync: { type: 'approval' },
    },
    { name: 'side', after: ['first'], tasks: [{ name: 'd', type: 'sample.noop' }] },
    { name: 'last', after: ['review', 'side'], tasks: [{ name: 'c', type: 'sample.noop' }] },
  ],
}

const MEASURED = {
  name: 'e2e-measured',
  stages: [
    {
      name: 'gate',
      tasks: [{ name: 'g', type: 'sample.noop' }],
      sync: { type: 'criteria', criteria: { coverage: '>=80' } },
    },
  ],
}

/** One of each, so that no page is empty; what is there already stays. */
export async function seedRooms(base) {
  const there = await fetch(`${base}/api/v1/schedules/e2e.seeded`)
  if (there.ok) return
  await send(base, '/api/v1/schedules', {
    name: 'e2e.seeded',
    schedule: { type: 'sample.noop', cron: '0 7 * * MON-FRI', zone: 'Asia/Shanghai' },
  })
  await send(base, '/api/v1/batches', {
    name: 'e2e-batch',
    tasks: [{ type: 'sample.noop' }, { type: 'sample.noop', delay: 'PT1H' }],
  })
  await send(base, '/api/v1/limits/e2e-limit', { type: 'sample.cpu', concurrency: 4 }, 'PUT')
  await send(base, '/api/v1/webhooks', {
    name: 'e2e-hook',
    webhook: { url: 'https://example.com/hook', states: ['dead'], enabled: false },
  })
  await send(base, '/api/v1/tasks', { type: 'sample.fail', input: { times: 1000 } })
  await send(base, '/api/v1/tenants/e2e-tenant', { weight: 2 }, 'PUT')
  await start(base, ASKED)
}

async function start(base, definition) {
  await send(base, '/api/v1/workflow-definitions', definition)
  return send(base, '/api/v1/workflows', { name: definition.name })
}

async function schedule({ base, visitor }) {
  const name = `e2e.made-${Date.now()}`
  const page = await visitor()
  page.expected.push(/422|Failed to load resource/)
  await page.goto(`${base}/schedules`)
  await page.getByRole('button', { name: 'New schedule' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Schedule').fill(name)
  await dialog.getByLabel('Type').fill('sample.noop')
  await dialog.getByLabel('Cron rule').fill('61 7 * * *')
  await dialog.getByText("'61'").waitFor()
  await dialog.getByLabel('Cron rule').fill('30 6 * * MON')
  await dialog.getByLabel('Time zone').fill('Europe/Berlin')
  await dialog.getByText('Mon 06:30:00').first().waitFor()
  assert.equal(await dialog.getByText('Mon 06:30:00').count(), 10)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByLabel('Name, type or tag').fill(name)
  await page.getByRole('button', { name, exact: true }).click()
  await page.getByText('Mon 06:30:00').first().waitFor()
  assert.match(page.url(), /open=e2e/)
  await page.getByRole('button', { name: 'Run now' }).click()
  await page.getByText('is submitted').waitFor()
  await page.getByRole('button', { name: 'Pause schedule' }).click()
  await page.getByText('starts nothing more').waitFor()
  // Undone from where it was said.
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('goes on with its next time').waitFor()
  await page.getByRole('button', { name: 'Remove schedule' }).click()
  const asking = page.getByRole('dialog')
  assert.ok((await asking.textContent()).includes(name), 'the dialog names the schedule')
  await asking.getByRole('button', { name: 'Remove schedule' }).click()
  await page
    .getByText('No schedule matches')
    .or(page.getByText('No schedules yet'))
    .first()
    .waitFor()
  await page.context().close()
}

async function run({ base, visitor }) {
  const { id } = await start(base, ASKED)
  const page = await visitor()
  await page.goto(`${base}/workflows/${id}`)
  const main = page.locator('main')
  // It shows the stage that asks, without a reload.
  await main.getByText('A person approves').waitFor()
  await main.getByRole('button', { name: 'Approve' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your name').fill('Ada')
  await dialog.getByLabel('Comment').fill('looks good')
  await dialog.getByRole('button', { name: 'Approve' }).click()
  await main.locator('h1').getByText('Succeeded').waitFor()
  await main
    .getByRole('button', { name: /^review/ })
    .first()
    .click()
  await main.getByText('Ada: looks good').waitFor()
  assert.match(page.url(), /stage=review/)
  await main.getByRole('button', { name: 'Fork' }).click()
  await dialog.getByText('takes over what came before').waitFor()
  await dialog.getByRole('button', { name: 'Fork' }).click()
  await page.waitForURL(address => !address.pathname.endsWith(id))
  await main.getByRole('button', { name: 'Approve' }).waitFor()
  await main
    .getByRole('button', { name: /^first/ })
    .first()
    .waitFor()
  await page.context().close()
}

async function approvals({ base, visitor }) {
  const asked = await start(base, ASKED)
  const measured = await start(base, MEASURED)
  const page = await visitor()
  await page.goto(`${base}/approvals`)
  const row = id => page.getByRole('row').filter({ hasText: id.slice(-8) })
  await row(asked.id).getByRole('button', { name: 'Reject' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Comment').fill('not yet')
  await dialog.getByRole('button', { name: 'Reject' }).click()
  await row(asked.id).waitFor({ state: 'detached' })
  await row(measured.id).getByRole('button', { name: 'Hand in metrics' }).click()
  await dialog.getByLabel('coverage').fill('91')
  await dialog.getByRole('button', { name: 'Hand in metrics' }).click()
  await row(measured.id).waitFor({ state: 'detached' })
  const status = async id => (await send(base, `/api/v1/workflows/${id}`, undefined, 'GET')).status
  assert.equal(await status(measured.id), 'succeeded')
  assert.equal(await status(asked.id), 'failed')
  // The rail counts what is left, live.
  await start(base, MEASURED)
  await page.getByRole('navigation', { name: 'Parts' }).getByRole('status').waitFor()
  await page.context().close()
}

async function rollBack({ base, visitor }) {
  const { id } = await start(base, ASKED)
  const page = await visitor()
  await page.goto(`${base}/workflows/${id}?stage=first`)
  const main = page.locator('main')
  await main.getByText('At sync point').first().waitFor()
  await main.getByRole('button', { name: 'Roll back' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click()
  await main.getByText('round 2').waitFor()
  await main.getByRole('button', { name: 'Pause run' }).click()
  await main.locator('h1').getByText('Paused').waitFor()
  await main.getByRole('button', { name: 'Resume run' }).click()
  await main.locator('h1').getByText('Running').waitFor()
  await main.getByRole('button', { name: 'Cancel run' }).click()
  const dialog = page.getByRole('dialog')
  assert.ok((await dialog.textContent()).includes(id), 'the dialog names the run')
  await dialog.getByRole('button', { name: 'Cancel run' }).click()
  await main.locator('h1').getByText('Cancelled').waitFor()
  await page.context().close()
}

async function definition({ base, visitor }) {
  const page = await visitor()
  page.expected.push(/422|Failed to load resource/)
  await page.goto(`${base}/workflows?tab=definitions`)
  await page.getByRole('button', { name: 'New definition' }).click()
  const dialog = page.getByRole('dialog')
  const field = dialog.getByLabel('Definition (JSON or YAML)')
  await field.fill(
    JSON.stringify({ ...ASKED, name: 'e2e-new' }).replace('"review","side"', '"revue"'),
  )
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('/stages/3/after/0', { exact: true }).waitFor()
  await field.fill(JSON.stringify({ ...ASKED, name: 'e2e-new' }))
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('e2e-new is kept as version').waitFor()
  const row = page.getByRole('row').filter({ hasText: 'e2e-new' })
  await row.getByRole('button', { name: 'Start' }).click()
  await dialog.getByRole('button', { name: 'Start' }).click()
  await page.waitForURL(/\/workflows\/[0-9a-f-]{36}/)
  await page.locator('h1').getByText('e2e-new').waitFor()
  await page.context().close()
}

async function batch({ base, visitor }) {
  const { id } = await send(base, '/api/v1/batches', {
    name: 'e2e-watched',
    tasks: [{ type: 'sample.noop' }, { type: 'sample.sleep', input: { ms: 120_000 } }],
    onComplete: { type: 'sample.noop' },
  })
  const page = await visitor()
  await page.goto(`${base}/batches`)
  await page.getByRole('row').filter({ hasText: 'e2e-watched' }).first().getByRole('link').click()
  await page.waitForURL(/\/batches\/[0-9a-f-]{36}/)
  await page.goto(`${base}/batches/${id}`)
  const main = page.locator('main')
  await main.getByText('1 / 2').waitFor()
  await main.getByText('Follows when all are over').waitFor()
  await main.getByRole('button', { name: 'Cancel batch' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel batch' }).click()
  await main.getByText('2 / 2').waitFor()
  await main.locator('h1').getByText('Cancelled').waitFor()
  await main.getByText('Follows when all are over').waitFor({ state: 'detached' })
  await main.getByRole('link', { name: 'Tasks about this batch' }).click()
  await page.waitForURL(/key=/)
  await page.getByTestId('task-rows').getByText('sample.noop').first().waitFor()
  await page.context().close()
}

async function signal({ base, visitor }) {
  const { id } = await send(base, '/api/v1/tasks', {
    ...{ type: 'sample.signal', input: { name: 'paid' }, tags: ['e2e'] },
  })
  const page = await visitor()
  await page.goto(`${base}/tasks/${id}`)
  const detail = page.locator('article')
  await detail.getByText('signal paid', { exact: true }).waitFor()
  await detail.getByRole('button', { name: 'Send signal' }).click()
  const dialog = page.getByRole('dialog')
  assert.equal(await dialog.getByLabel('Name of the signal').inputValue(), 'paid')
  await dialog.getByLabel('Payload (JSON)').fill('{"amount": 42}')
  await dialog.getByRole('button', { name: 'Send signal' }).click()
  await detail.getByText('Succeeded').first().waitFor()
  await detail.getByText('42').first().waitFor()
  await page.context().close()
}

async function relatives({ base, visitor }) {
  const parent = await send(base, '/api/v1/tasks', {
    ...{ type: 'sample.children', input: { children: 2, ms: 120_000 }, tags: ['e2e'] },
  })
  const follower = await send(base, '/api/v1/tasks', {
    ...{ type: 'sample.noop', after: [parent.id], tags: ['e2e'] },
  })
  const page = await visitor()
  await page.goto(`${base}/tasks/${follower.id}`)
  const detail = page.locator('article')
  await detail.getByText('Waits for the success of').waitFor()
  await detail.getByRole('link', { name: parent.id.slice(-8) }).click()
  await page.waitForURL(address => address.pathname.endsWith(parent.id))
  await detail.getByText('These wait for its success').waitFor()
  await detail.getByRole('link', { name: 'sleepers' }).click()
  await page.waitForURL(/\/batches\//)
  await page.locator('main').getByText('0 / 2').waitFor()
  await page.locator('main').getByRole('link', { name: 'sample.sleep' }).first().click()
  await detail.getByRole('link', { name: /sample.children/ }).waitFor()
  await send(base, `/api/v1/tasks/${parent.id}/cancel`)
  await page.context().close()
}

async function limit({ base, visitor }) {
  const name = `e2e-${Date.now()}`
  const page = await visitor()
  await page.goto(`${base}/queues?tab=limits`)
  await page.getByRole('button', { name: 'New limit' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Limit', { exact: true }).fill(name)
  await dialog.getByLabel('Type').fill('sample.sleep')
  await dialog.getByLabel('Starts').fill('100')
  await dialog.getByRole('button', { name: 'Save' }).click()
  const row = page.getByRole('row').filter({ hasText: name })
  await row.getByText('100 / 1 m').waitFor()
  await page.getByRole('button', { name: `Change ${name}` }).click()
  await dialog.getByLabel('At once').fill('2')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await row.getByText('2', { exact: true }).waitFor()
  await page.getByRole('button', { name: `Change ${name}` }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await dialog.getByText('Remove this limit?').waitFor()
  assert.ok((await dialog.textContent()).includes(name), 'the dialog names the limit')
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await row.waitFor({ state: 'detached' })
  await page.context().close()
}

async function place({ base, visitor, shots }) {
  const { id } = await send(base, '/api/v1/tasks', {
    type: 'sample.noop',
    delay: 'PT5H',
    expiry: 'PT1H',
  })
  const page = await visitor()
  await page.goto(`${base}/tasks/${id}`)
  const detail = page.getByRole('article')
  await detail.getByText('Start by').waitFor()
  await detail.getByRole('button', { name: 'Change' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Priority').fill('0')
  await dialog.getByLabel('Queue').fill('e2e-urgent')
  await dialog.getByLabel('Start in').fill('PT0S')
  if (shots) await page.screenshot({ path: `${shots}/move.png` })
  await dialog.getByRole('button', { name: 'Save' }).click()
  await detail.getByText('e2e-urgent').waitFor()
  await detail.getByText('0 · urgent').waitFor()
  await detail.getByRole('button', { name: 'Delete' }).click()
  await dialog.getByText('Delete this task?').waitFor()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await page.waitForURL(/\/tasks(\?|$)/)
  await page
    .getByRole('row')
    .filter({ hasText: id.slice(-8) })
    .waitFor({ state: 'detached' })
  await page.context().close()
}

async function typeRule({ base, visitor, shots }) {
  const page = await visitor()
  await page.goto(`${base}/queues?tab=types`)
  const change = page.getByRole('button', { name: 'Change sample.sleep', exact: true })
  await change.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Time limit').fill('PT3M')
  await dialog.getByLabel('Attempts').fill('7')
  if (shots) await page.screenshot({ path: `${shots}/type.png` })
  await dialog.getByRole('button', { name: 'Save' }).click()
  const row = page.getByRole('row').filter({ hasText: 'sample.sleep' })
  await row.getByText('3 m').waitFor()
  await row.getByText('changed here').waitFor()
  await change.click()
  await dialog.getByRole('button', { name: 'As in code' }).click()
  await row.getByText('changed here').waitFor({ state: 'detached' })
  await page.context().close()
}

async function errors({ base, visitor }) {
  const { id } = await send(base, '/api/v1/tasks', {
    type: 'sample.fail',
    input: { times: 1000 },
  })
  const page = await visitor()
  await page.goto(`${base}/errors?q=as+asked+for`)
  await page
    .locator('main')
    .getByRole('link', { name: /IllegalStateException/ })
    .click()
  await page.waitForURL(/\/errors\/[0-9a-f]{16}/)
  const victim = page.getByRole('row').filter({ hasText: id.slice(-8) })
  await victim.waitFor()
  await page.getByText('at dev.millrace.server.samples').first().waitFor()
  await page.getByRole('button', { name: /^Retry all/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^Retry all/ }).click()
  await page.getByText('Retrying').waitFor()
  await victim.waitFor({ state: 'detached' })
  await victim.waitFor()
  await victim.getByRole('link').first().click()
  const detail = page.getByRole('article')
  await detail.getByRole('link', { name: 'All failures of this kind' }).waitFor()
  await detail.getByRole('button', { name: 'Discard' }).click()
  assert.ok((await dialog.textContent()).includes(id), 'the dialog names the task')
  await dialog.getByRole('button', { name: 'Discard' }).click()
  await detail.getByText('Cancelled').first().waitFor()
  await page.context().close()
}

async function webhook({ base, visitor }) {
  const name = `e2e-${Date.now()}`
  const page = await visitor()
  page.expected.push(/422|Failed to load resource/)
  await page.goto(`${base}/system?tab=webhooks`)
  await page.getByRole('button', { name: 'New web hook' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Web hook').fill(name)
  await dialog.getByLabel('URL').fill('http://127.0.0.1:9/')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByRole('alert').waitFor()
  await dialog.getByLabel('URL').fill('https://example.com/hook')
  await dialog.getByLabel('Cancelled').check()
  await dialog.getByLabel('Dead').uncheck()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('whsec_').waitFor()
  await page.getByRole('button', { name: 'I have kept it' }).click()
  await page.getByText('whsec_').waitFor({ state: 'detached' })
  await page.getByRole('row').filter({ hasText: name }).click()
  await page.getByText('Nothing was told yet.').waitFor()
  await page.getByRole('button', { name: 'Remove' }).click()
  assert.ok((await dialog.textContent()).includes(name), 'the dialog names the web hook')
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('row').filter({ hasText: name }).waitFor({ state: 'detached' })
  await page.context().close()
}

async function tenant({ base, visitor }) {
  const name = `e2e-${Date.now()}`
  const page = await visitor({ width: 360 })
  await page.goto(`${base}/queues?tab=tenants`)
  await page.getByRole('button', { name: 'Set up a tenant' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Tenant').fill(name)
  await dialog.getByLabel('Weight').fill('7')
  await dialog.getByRole('button', { name: 'Save' }).click()
  const row = page.getByRole('row').filter({ hasText: name })
  await row.getByText('7', { exact: true }).waitFor()
  await page.getByRole('button', { name: `Pause tenant ${name}` }).click()
  await page.getByRole('button', { name: `Resume tenant ${name}` }).click()
  await page.getByRole('button', { name: `Pause tenant ${name}` }).waitFor()
  await page.getByRole('button', { name: `Change ${name}` }).click()
  await dialog.getByRole('button', { name: 'Take weights back' }).click()
  await dialog.getByText('Take all weights of this tenant back?').waitFor()
  await dialog.getByRole('button', { name: 'Take weights back' }).click()
  await row.waitFor({ state: 'detached' })
  await page.context().close()
}

/** From the filter to the action without a pointer. */
async function keyboard({ base, visitor }) {
  await seedRooms(base)
  const page = await visitor()
  await page.goto(`${base}/schedules`)
  await page.getByRole('button', { name: 'e2e.seeded', exact: true }).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('e2e.seeded')
  await page.waitForURL(/q=e2e.seeded/)
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press('Tab')
    const name = await page.evaluate(() => document.activeElement?.textContent)
    if (name === 'e2e.seeded') break
  }
  await page.keyboard.press('Enter')
  await page.getByText('The next times').waitFor()
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press('Tab')
    const name = await page.evaluate(() => document.activeElement?.textContent)
    if (name === 'Pause schedule' || name === 'Resume schedule') break
  }
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Resume schedule' }).waitFor()
  await page.getByRole('button', { name: 'Resume schedule' }).press('Enter')
  await page.getByRole('button', { name: 'Pause schedule' }).waitFor()
  await page.context().close()
}
