// What people do with the console, from the first click to the result.
import assert from 'node:assert/strict'

/** An example recipe with nothing to download, so that it works on any machine. */
const LOCAL_RECIPE = 'Styled subtitles, no media'

/** Two places are wrong. */
const WRONG_RECIPE = {
  ruleGroup: {
    id: 'wrong',
    title: 'wrong',
    rules: [{ type: 'subtitle', title: 'Subtitle', materialIds: [] }],
  },
  materials: [],
  testData: {
    tracks: [{ id: 't1', type: 'text' }],
    items: [
      { type: 'subtitle', data: { track: 't1', text: 'a', start: 0, duration: -3 } },
      { type: 'subtitle', data: { track: 'nowhere', text: 'b', start: 0, duration: 1 } },
    ],
  },
}

export function* scenarios(tools) {
  yield ['submit a task and watch its steps', () => submitAndWatch(tools)]
  yield ['cancel a running task and drive it again', () => cancelAndRetry(tools)]
  yield ['find a dead task by its state and drive it again', () => redrive(tools)]
  yield ['select tasks and cancel them together', () => bulk(tools)]
  yield ['cancel all that match, more than are loaded', () => everything(tools)]
  yield ['find a task by text among many', () => textFilter(tools)]
  yield ['narrow by a type and a tag with their counts', () => facets(tools)]
  yield ['read and zoom the charts by keyboard and pointer', () => charts(tools)]
  yield ['find a setting and its source', () => configuration(tools)]
  yield ['walk the list with the keyboard', () => keyboard(tools)]
  yield ['see new rows announce themselves', () => newRows(tools)]
  yield ['pause and resume a queue', () => pauseQueue(tools)]
  yield ['go anywhere by the command palette', () => palette(tools)]
  yield ['mend a wrong recipe, build the draft', () => draft(tools)]
  yield ['back up the store', () => backup(tools)]
  yield ['change language and theme, and keep them', () => preferences(tools)]
}

async function post(base, path, body) {
  const response = await fetch(base + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  assert.ok(response.ok, `${path} answered ${response.status}`)
  return response.json()
}

const submit = (base, type, input, more = {}) =>
  post(base, '/api/v1/tasks', { type, input, tags: ['e2e'], ...more })

const detail = page => page.locator('article')

async function submitAndWatch({ base, visitor }) {
  const page = await visitor()
  await page.goto(`${base}/tasks`)
  await page.getByRole('button', { name: 'Submit task' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Input (JSON)').fill('{"steps": 3, ')
  await dialog.getByRole('button', { name: 'Submit task' }).click()
  await dialog.getByText('not valid JSON').waitFor()
  await dialog.getByLabel('Input (JSON)').fill('{"steps": 3, "ms": 300}')
  await dialog.getByLabel('Tags').fill('e2e, demo')
  await dialog.getByRole('button', { name: 'Submit task' }).click()
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await detail(page).getByText('Running').first().waitFor()
  // Without a reload: progress is pushed.
  await detail(page).getByText('Succeeded').first().waitFor()
  await detail(page).getByText('step-3').waitFor()
  await detail(page).getByText('step 3 of 3 is done').waitFor()
  assert.match(page.url(), /\/tasks\/[0-9a-f-]{36}$/)
  await page.goBack()
  await page.waitForURL(`${base}/tasks`)
  await page.context().close()
}

async function cancelAndRetry({ base, visitor }) {
  const { id } = await submit(base, 'sample.sleep', { ms: 120_000 })
  const page = await visitor()
  await page.goto(`${base}/tasks/${id}`)
  await detail(page).getByText('Running').first().waitFor()
  await page.getByRole('button', { name: 'Cancel task' }).click()
  const dialog = page.getByRole('dialog')
  assert.ok((await dialog.textContent()).includes(id), 'the dialog names the task')
  await dialog.getByRole('button', { name: 'Cancel task' }).click()
  await detail(page).getByText('Cancelled').first().waitFor()
  await page.getByRole('button', { name: 'Retry', exact: true }).click()
  await page.getByText('goes again').waitFor()
  await detail(page).getByText('Running').first().waitFor()
  await post(base, `/api/v1/tasks/${id}/cancel`)
  await detail(page).getByText('Cancelled').first().waitFor()
  await page.context().close()
}

async function redrive({ base, visitor }) {
  const { id } = await submit(base, 'sample.fail', { times: 1000 })
  const page = await visitor()
  await page.goto(`${base}/tasks?tag=e2e`)
  await page.getByTestId('state-dead').click()
  await page.waitForURL(/state=dead/)
  const row = page.locator(`a[href*="${id}"]`)
  await row.or(page.getByTestId('new-rows')).first().waitFor({ timeout: 90_000 })
  if (!(await row.isVisible())) await page.getByTestId('new-rows').click()
  // Not in its middle: there stands the id, which a click copies.
  await row.click({ position: { x: 120, y: 18 } })
  await page.getByRole('button', { name: 'Re-drive' }).click()
  await page.getByText('goes again').waitFor()
  assert.match(page.url(), /state=dead/, 'the filters stay in the address')
  await page.context().close()
}

async function bulk({ base, visitor }) {
  const tag = `bulk-${Date.now()}`
  const tasks = Array.from({ length: 12 }, () => ({
    ...{ type: 'sample.noop', input: {}, delay: 'PT1H', tags: [tag] },
  }))
  await post(base, '/api/v1/tasks/bulk', { tasks })
  const page = await visitor()
  await page.goto(`${base}/tasks?tag=${tag}`)
  const rows = page.getByTestId('task-rows').getByRole('row')
  await rows.nth(11).waitFor()
  await page.getByLabel('Select all loaded').check()
  await page.getByText('12 selected').waitFor()
  await page.getByRole('button', { name: 'Cancel 12' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel 12' }).click()
  const run = page.getByTestId('bulk-run')
  await run.getByText('Cancelled 12 · skipped 0').waitFor()
  await page.waitForFunction(
    () =>
      document.querySelectorAll('[data-testid="task-rows"] [data-state="cancelled"]').length >= 12,
  )
  await page.context().close()
}

async function everything({ base, visitor }) {
  const tag = `all-${Date.now()}`
  const tasks = Array.from({ length: 1200 }, () => ({
    ...{ type: 'sample.noop', input: {}, delay: 'PT1H', tags: [tag] },
  }))
  await post(base, '/api/v1/tasks/bulk', { tasks })
  const page = await visitor()
  await page.goto(`${base}/tasks?tag=${tag}`)
  await page.getByTestId('task-rows').getByRole('row').nth(11).waitFor()
  await page.getByLabel('Select all loaded').check()
  await page.getByRole('button', { name: 'Select all 1,200 that match' }).click()
  await page.getByRole('button', { name: 'Cancel 1,200' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel 1,200' }).click()
  const run = page.getByTestId('bulk-run')
  await run.getByText('Cancelled 1,200 · skipped 0').waitFor({ timeout: 60_000 })
  await page.getByTestId('state-cancelled').getByText('1,200').waitFor()
  await run.getByRole('button', { name: 'Open' }).click()
  // The action is a task like any other.
  await detail(page).getByText('millrace.tasks.bulk').first().waitFor()
  await detail(page).getByText('portion-1').waitFor()
  await page.context().close()
}

async function textFilter({ base, visitor }) {
  const key = `Order-${Date.now()}`
  const { id } = await submit(base, 'sample.noop', {}, { delay: 'PT1H', uniqueKey: key })
  // More than a page of newer ones lies above it: the loaded rows do not hold it.
  const tasks = Array.from({ length: 1500 }, () => ({
    type: 'sample.noop',
    input: {},
    delay: 'PT1H',
  }))
  await post(base, '/api/v1/tasks/bulk', { tasks })
  const page = await visitor()
  await page.goto(`${base}/tasks`)
  const rows = page.getByTestId('task-rows').getByRole('row')
  for (const text of [key.toLowerCase(), id.slice(-8)]) {
    await page.getByLabel('Filter tasks').fill(text)
    await page.waitForURL(new RegExp(`q=${text}`))
    await page.locator(`[data-testid="task-rows"] a[href*="${id}"]`).waitFor()
    await page.waitForFunction(
      () => document.querySelectorAll('[data-testid="task-rows"] [role="row"]').length === 1,
    )
  }
  await page.getByLabel('Filter tasks').fill('no such text anywhere')
  await page.getByText('No task matches these filters').waitFor()
  assert.equal(await rows.count(), 0)
  await page.context().close()
}

async function facets({ base, visitor }) {
  const tag = `facet-${Date.now()}`
  const tasks = ['sample.noop', 'sample.noop', 'sample.cpu'].map(type => ({
    ...{ type, input: type === 'sample.cpu' ? { ms: 1 } : {}, delay: 'PT1H', tags: [tag] },
  }))
  await post(base, '/api/v1/tasks/bulk', { tasks })
  const page = await visitor()
  await page.goto(`${base}/tasks?tag=${tag}`)
  await page.getByTestId('state-scheduled').getByText('3', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Type', exact: true }).click()
  await page.getByRole('button', { name: /^sample\.noop 2$/ }).waitFor()
  await page.getByRole('button', { name: /^sample\.cpu 1$/ }).click()
  await page.waitForURL(/type=sample\.cpu/)
  await page.getByTestId('state-scheduled').getByText('1', { exact: true }).waitFor()
  await page.context().close()
}

async function charts({ base, visitor }) {
  for (let i = 0; i < 5; i++) await submit(base, 'sample.noop', {})
  const page = await visitor()
  await page.goto(base)
  const chart = page.getByRole('group', { name: 'How fast tasks go, a second' })
  await chart.locator('polyline').first().waitFor()
  await page.waitForFunction(
    () =>
      document.querySelector('[data-testid="chart"] polyline')?.getAttribute('points')?.split(' ')
        .length > 5,
  )
  await chart.focus()
  for (let i = 0; i < 5; i++) await page.keyboard.press('Shift+ArrowLeft')
  await chart.locator('[aria-live]').getByText('Succeeded').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Show the whole time' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Show the whole time' }).waitFor({ state: 'detached' })
  const box = await chart.getByTestId('chart').boundingBox()
  await page.mouse.move(box.x + box.width - 60, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width - 260, box.y + 60, { steps: 5 })
  await page.mouse.up()
  await page.getByRole('button', { name: 'Show the whole time' }).click()
  await page.getByRole('button', { name: 'Show as table' }).click()
  const table = page.getByRole('table').first()
  await table.getByRole('columnheader', { name: 'Succeeded' }).waitFor()
  assert.ok((await table.getByRole('rowheader').count()) > 3, 'the numbers of the chart')
  await page.context().close()
}

async function configuration({ base, visitor }) {
  const page = await visitor()
  await page.goto(`${base}/system?tab=config`)
  await page.getByLabel('Find a setting').fill('samples')
  const row = page.getByRole('row').filter({ hasText: 'server.samples' })
  await row.getByText('true').waitFor()
  await row.getByText('--set').or(row.getByText('--samples')).first().waitFor()
  await row.getByText('Default: false').waitFor()
  await page.getByLabel('Find a setting').fill('no such key')
  await page.getByText('No setting matches').waitFor()
  await page.context().close()
  const chinese = await visitor({ language: 'zh' })
  await chinese.goto(`${base}/system?tab=config`)
  await chinese.getByRole('row').filter({ hasText: 'server.port' }).waitFor()
  const untranslated = await chinese
    .locator('td span[lang="en"]')
    .evaluateAll(spans => spans.map(span => span.previousSibling?.textContent))
  assert.deepEqual(untranslated, [], 'settings that are not explained in Chinese')
  await chinese.context().close()
}

async function keyboard({ base, visitor }) {
  for (let i = 0; i < 3; i++) await submit(base, 'sample.noop', {})
  const page = await visitor()
  await page.goto(`${base}/tasks`)
  const rows = page.getByTestId('task-rows').getByRole('row')
  await rows.nth(2).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.getByText('1 selected').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/)
  await detail(page).getByText('Succeeded').first().waitFor()
  const first = page.url()
  await page.keyboard.press('k')
  await page.waitForURL(url => url.href !== first)
  await page.keyboard.press('Escape')
  await page.waitForURL(`${base}/tasks`)
  await page.keyboard.press('/')
  await page.keyboard.type('noop')
  await page.waitForURL(/q=noop/)
  await page.context().close()
}

async function newRows({ base, visitor }) {
  const tag = `news-${Date.now()}`
  const first = await submit(base, 'sample.noop', {}, { tags: [tag] })
  const page = await visitor()
  await page.goto(`${base}/tasks?tag=${tag}`)
  await page.locator(`a[href*="${first.id}"]`).waitFor()
  const second = await submit(base, 'sample.noop', {}, { tags: [tag] })
  await page.getByTestId('new-rows').waitFor()
  assert.equal(await page.locator(`a[href*="${second.id}"]`).count(), 0, 'nothing moved by itself')
  await page.getByTestId('new-rows').click()
  await page.locator(`a[href*="${second.id}"]`).waitFor()
  await page.context().close()
}

async function pauseQueue({ base, visitor }) {
  await submit(base, 'sample.noop', {})
  const page = await visitor()
  await page.goto(`${base}/queues`)
  await page.getByRole('button', { name: 'Pause queue default' }).click()
  await page.getByText('Queue default paused').waitFor()
  const { id } = await submit(base, 'sample.noop', {})
  const state = async () => (await (await fetch(`${base}/api/v1/tasks/${id}`)).json()).state
  assert.equal(await state(), 'ready', 'a paused queue starts nothing')
  await page.getByRole('button', { name: 'Resume queue default' }).click()
  await page.getByText('Queue default goes on').waitFor()
  await page.goto(`${base}/tasks/${id}`)
  await detail(page).getByText('Succeeded').first().waitFor()
  await page.context().close()
}

async function palette({ base, visitor }) {
  const { id } = await submit(base, 'sample.noop', {})
  const page = await visitor()
  await page.goto(base)
  await page.waitForSelector('h1')
  const open = async text => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill(text)
    await page.keyboard.press('Enter')
  }
  await open('queu')
  await page.waitForURL(`${base}/queues`)
  await open('死信')
  await page.waitForURL(/state=dead/)
  await open(id)
  await page.waitForURL(new RegExp(id))
  await page.context().close()
}

async function draft({ base, visitor }) {
  const page = await visitor()
  page.expected.push(/422/)
  await page.goto(`${base}/drafts/new`)
  await page.getByRole('button', { name: LOCAL_RECIPE }).click()
  const editor = page.getByTestId('recipe-editor').locator('.cm-content')
  await editor.waitFor()
  await fill(page, editor, JSON.stringify(WRONG_RECIPE, null, 2))
  await page.getByRole('button', { name: 'Build draft' }).click()
  await page.getByText('problems in the recipe').waitFor()
  await page.getByRole('button', { name: /\/testData\/items\/0\/data\/duration/ }).click()
  await page.getByTestId('recipe-editor').locator('.cm-lintRange-error').first().waitFor()
  await page.getByRole('button', { name: LOCAL_RECIPE }).click()
  await page.getByRole('button', { name: 'Build draft' }).click()
  await page.waitForURL(/\/drafts\/.+_\d{8}_\d{6}_/)
  await page.getByText('The checker found nothing wrong').waitFor({ timeout: 30_000 })
  const zip = await page.getByRole('link', { name: 'Download zip' }).getAttribute('href')
  const response = await fetch(base + zip)
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('content-type'), 'application/zip')
  assert.ok((await response.arrayBuffer()).byteLength > 1000, 'the archive holds something')
  await page.getByRole('button', { name: 'Use this recipe' }).click()
  await page.waitForURL(`${base}/drafts/new`)
  await page.goto(`${base}/drafts`)
  await page.getByText('字幕样例').first().waitFor()
  await page.context().close()
}

async function fill(page, editor, text) {
  await editor.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
}

async function backup({ base, visitor }) {
  const page = await visitor()
  page.expected.push(/422/)
  await page.goto(`${base}/system`)
  await page.getByRole('button', { name: 'Back up' }).click()
  const dialog = page.getByRole('dialog')
  const file = dialog.getByLabel('File on the server')
  const proposed = await file.inputValue()
  assert.match(proposed, /backup-\d{8}-\d{4}\.db$/)
  await file.fill('/nowhere/at/all.db')
  await dialog.getByRole('button', { name: 'Start backup' }).click()
  await dialog.getByRole('alert').waitFor()
  await file.fill(proposed.replace('.db', `-${Date.now()}.db`))
  await dialog.getByRole('button', { name: 'Start backup' }).click()
  await page.getByText('Backup written and verified').waitFor({ timeout: 60_000 })
  await page.context().close()
}

async function preferences({ base, visitor }) {
  const page = await visitor()
  await page.goto(base)
  await page.getByRole('button', { name: '切换为中文' }).click()
  await page.getByRole('navigation').getByText('任务', { exact: true }).waitFor()
  await page.getByRole('button', { name: '主题' }).click()
  await page.getByRole('menuitem', { name: '深色' }).click()
  const look = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme)
  assert.equal(await look(), 'dark')
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh')
  await page.context().close()
}
