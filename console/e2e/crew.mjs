// Plans, their runs, decisions and agents, as people work with them.
import assert from 'node:assert/strict'

export function* crew(tools) {
  yield ['read a request while it is typed, and start it', () => plan(tools)]
  yield ['answer for an agent, fail at a gate, go on', () => run(tools)]
  yield ['record a decision, find it, note what came of it', () => decisions(tools)]
  yield ['let a stage run again at its gate', () => retried(tools)]
  yield ['stop a stage while it is at work', () => watched(tools)]
  yield ['rank agents and add one', () => agents(tools)]
  yield ['make a template and plan with it', () => templates(tools)]
  yield ['find a run, see where checks stop work, rate how it went', () => found(tools)]
  yield ['share a workspace among runs', () => workspaces(tools)]
}

const LOGIN = '实现用户登录功能，包括JWT认证、密码加密、会话管理'

async function send(base, path, body, method = 'POST') {
  const response = await fetch(`${base}/api/v1/crew/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  assert.ok(response.ok, `${path} answered ${response.status}: ${await response.clone().text()}`)
  return response.json()
}

const NOOP = { kind: 'java', type: 'sample.noop' }

/** One of each, so that no page is empty; what is there already stays. */
export async function seedCrew(base) {
  const there = await send(base, 'decisions/search?project=e2e', undefined, 'GET')
  if (there.items.length > 0) return
  const old = await send(base, 'decisions', {
    project: 'e2e',
    title: '使用 SQLite 作为主要存储',
    decision: 'We use SQLite.',
    context: '第一年一台机器就够了。',
    options: [{ name: 'SQLite', pros: ['one file'], cons: ['one writer'] }, { name: 'PostgreSQL' }],
    decisionMaker: 'Ada',
    tags: ['database', '存储'],
  })
  const made = await send(base, 'decisions', {
    project: 'e2e',
    title: 'Move to PostgreSQL',
    decision: 'We move.',
    tags: ['database'],
    decisionMaker: 'Grace',
    supersedes: [old.id],
  })
  await send(base, `decisions/${made.id}/impacts`, {
    type: 'performance',
    description: 'Writes of many clients are faster',
    outcome: 'positive',
    metrics: { p95_ms: 12 },
  })
  await send(base, 'executions', {
    request: LOGIN,
    agents: ['backend-architect', 'test-engineer'],
    seconds: 5400,
    qualityScores: { coverage: 91 },
    satisfaction: 4,
    success: true,
    issues: ['a test was slow'],
  })
  await send(base, 'workspaces', { name: 'e2e-seeded', kind: 'feature', note: '登录页面改版' })
  await send(base, 'workflows', {
    request: LOGIN,
    name: 'e2e-seeded',
  })
}

/** The pages of the newest of each. */
export async function crewDetails(base) {
  const runs = await send(base, 'workflows?limit=1', undefined, 'GET')
  const found = await send(base, 'decisions/search?project=e2e&q=PostgreSQL', undefined, 'GET')
  return [
    runs.items[0] && `/crew/runs/${runs.items[0].id}`,
    found.items[0] && `/crew/decisions/${found.items[0].id.replace(':', '/')}`,
  ].filter(Boolean)
}

async function plan({ base, visitor }) {
  const page = await visitor()
  await page.goto(`${base}/crew`)
  const main = page.locator('main')
  await main.getByLabel('Request').fill(LOGIN)
  // Live, and with the text behind each decision.
  await main.getByText('4 points').or(main.getByText('Points')).first().waitFor()
  for (const word of ['登录', 'JWT', '认证', '密码']) {
    await main.locator('mark', { hasText: word }).first().waitFor()
  }
  await main
    .getByRole('button', { name: /^implementation/i })
    .first()
    .click()
  await main.getByText('api_compat ==100').waitFor()
  assert.match(decodeURIComponent(page.url()), /q=实现/)
  await main.getByRole('button', { name: 'Start run' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('e2e-login')
  await dialog.getByLabel('Who does the work (JSON)').fill('{"nobody": {"kind": "person"}}')
  page.expected.push(/422|Failed to load resource/)
  await dialog.getByRole('button', { name: 'Start run' }).click()
  await dialog.getByText("nobody in the plan is called 'nobody'").first().waitFor()
  await dialog.getByLabel('Who does the work (JSON)').fill('{}')
  await dialog.getByRole('button', { name: 'Start run' }).click()
  await page.waitForURL(/\/crew\/runs\/[0-9a-f-]{36}/)
  await page.locator('h1').getByText('e2e-login').waitFor()
  await page.context().close()
}

async function run({ base, visitor }) {
  const { id } = await send(base, 'workflows', {
    request: LOGIN,
    name: 'e2e-run',
    executors: {
      'security-auditor': NOOP,
      'backend-architect': NOOP,
    },
  })
  const page = await visitor()
  await page.goto(`${base}/crew/runs/${id}`)
  const main = page.locator('main')
  await main.getByRole('button', { name: 'Answer' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Conclusion').fill('REST')
  await dialog.getByRole('button', { name: 'Answer' }).click()
  // Pushed: the next stage waits for a number that nobody measured.
  await main.getByText('api-designer is through').waitFor()
  await main.getByText('At the gate').first().waitFor()
  await main.getByRole('button', { name: 'Hand in metrics' }).click()
  await dialog.getByLabel('api_compat').fill('100')
  await dialog.getByRole('button', { name: 'Hand in metrics' }).click()
  await main.getByRole('button', { name: 'Answer' }).click()
  await dialog.getByLabel('tests_passed').fill('99')
  await dialog.getByLabel('coverage').fill('50')
  await dialog.getByRole('button', { name: 'Answer' }).click()
  await page.locator('h1').getByText('Failed').waitFor()
  await main.getByText('quality did not pass its sync point').waitFor()
  await main.getByRole('button', { name: 'Roll back' }).click()
  await dialog.getByRole('button', { name: 'Roll back' }).click()
  await main.getByText('round 2').waitFor()
  await main.getByRole('button', { name: 'Answer' }).click()
  await dialog.getByLabel('tests_passed').fill('99')
  await dialog.getByLabel('coverage').fill('95')
  await dialog.getByRole('button', { name: 'Answer' }).click()
  await page.locator('h1').getByText('Completed').waitFor()
  await main.getByText('1 / 5').waitFor()
  // Its end is written down; the decision leads back here.
  await main.getByRole('link', { name: /^crew:ADR-/ }).click()
  await page.waitForURL(/\/crew\/decisions\//)
  await main.getByText('backend-architect').first().waitFor()
  await main.getByRole('link', { name: 'The run that it is about' }).click()
  await page.waitForURL(new RegExp(id))
  await page.context().close()
}

async function retried({ base, visitor }) {
  const { id } = await send(base, 'workflows', {
    request: LOGIN,
    name: 'e2e-retried',
    gateRetries: 1,
    executors: {
      'api-designer': NOOP,
      'security-auditor': NOOP,
      'backend-architect': NOOP,
    },
  })
  const page = await visitor()
  await page.goto(`${base}/crew/runs/${id}`)
  const main = page.locator('main')
  const dialog = page.getByRole('dialog')
  const answer = async coverage => {
    await main.getByRole('button', { name: 'Answer' }).click()
    await dialog.getByLabel('tests_passed').fill('99')
    await dialog.getByLabel('coverage').fill(coverage)
    await dialog.getByRole('button', { name: 'Answer' }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  // Nobody agrees on a design that nobody made: the stage runs again, and then the run fails.
  await page.locator('h1').getByText('Failed').waitFor()
  await main.getByText('Tried again: 1 of 1').first().waitFor()
  await main.getByText('design runs again').waitFor()
  const gated = await send(base, 'workflows', {
    request: '编写测试，质量优先',
    name: 'e2e-gated',
    gateRetries: 1,
  })
  await page.goto(`${base}/crew/runs/${gated.id}`)
  await answer('50')
  await main.getByText('quality runs again').waitFor()
  await answer('95')
  await page.locator('h1').getByText('Completed').waitFor()
  await main.getByText('Attempt 1 did not pass').waitFor()
  await main.getByText('0 / 3').first().waitFor()
  await page.context().close()
}

async function watched({ base, visitor }) {
  const { id } = await send(base, 'workflows', {
    request: LOGIN,
    name: 'e2e-watched',
    processGates: { design: { rules: { open_bugs: '<5' } } },
  })
  const page = await visitor()
  await page.goto(`${base}/crew/runs/${id}`)
  const main = page.locator('main')
  const dialog = page.getByRole('dialog')
  await main.getByText('While the stage is at work').waitFor()
  await main.getByRole('button', { name: 'Hand in metrics' }).click()
  await dialog.getByLabel('open_bugs').fill('9')
  await dialog.getByRole('button', { name: 'Hand in metrics' }).click()
  await page.locator('h1').getByText('Failed').waitFor()
  await main.getByText('Design was stopped while it was at work').waitFor()
  await page.goto(`${base}/crew?tab=executions&view=checks`)
  await main.getByText('While a stage is at work').waitFor()
  await page.goto(`${base}/crew?tab=executions&view=times`)
  await main.getByText('Plans made for clients since the start').waitFor()
  await page.context().close()
}

async function decisions({ base, visitor }) {
  const title = `e2e 决定 ${Date.now()}`
  await seedCrew(base)
  const page = await visitor()
  await page.goto(`${base}/crew?tab=decisions`)
  const main = page.locator('main')
  await main.getByRole('button', { name: 'Record decision' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Title').fill(title)
  await dialog.getByLabel('Project').fill('e2e-made')
  await dialog.getByRole('textbox', { name: 'Decision', exact: true }).fill('We do it.')
  await dialog.getByLabel('Tags').fill('e2e-tag')
  await dialog.getByRole('button', { name: 'Record decision' }).click()
  await page.waitForURL(/\/crew\/decisions\//)
  await main.getByRole('button', { name: 'Add impact' }).click()
  await dialog.getByLabel('Kind').fill('cost')
  await dialog.getByLabel('What happened').fill('It is cheaper')
  await dialog.getByLabel('Numbers, one a line').fill('euros = 12.5')
  await dialog.getByRole('button', { name: 'Add impact' }).click()
  await main.getByText('euros 12.5').waitFor()
  await main
    .getByRole('button', { name: /It is cheaper|cost/ })
    .first()
    .waitFor()
  await main.getByRole('button', { name: 'Deprecate' }).click()
  await dialog.getByRole('button', { name: 'Deprecate' }).click()
  await page.locator('h1').getByText('Deprecated').waitFor()
  await page.goto(`${base}/crew?tab=decisions`)
  await main.getByLabel('Search titles and texts').fill(title)
  await main.getByRole('row').filter({ hasText: title }).waitFor()
  await page.waitForURL(/q=/)
  await main.getByRole('button', { name: 'e2e-tag' }).click()
  await page.waitForURL(/tag=e2e-tag/)
  await main.getByRole('row').filter({ hasText: title }).waitFor()
  await main.getByLabel('From').fill('2031-01-01')
  await main.getByText('No decision matches').waitFor()
  await page.goto(`${base}/crew?tab=decisions&project=e2e`)
  await main.getByRole('button', { name: 'Network' }).click()
  await page.waitForURL(/view=network/)
  await main.getByRole('button', { name: /Move to PostgreSQL/ }).click()
  await page.waitForURL(/\/crew\/decisions\//)
  const zip = await fetch(`${base}/api/v1/crew/decisions/export?project=e2e-made`)
  assert.equal(zip.headers.get('content-type'), 'application/zip')
  await page.context().close()
}

async function agents({ base, visitor }) {
  const name = `e2e-agent-${Date.now()}`
  const page = await visitor()
  await page.goto(`${base}/crew?tab=agents`)
  const main = page.locator('main')
  await main.getByRole('button', { name: 'New agent' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByLabel('Skills').fill('database, api')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await main.getByRole('button', { name }).waitFor()
  await main.getByLabel('Rank agents for a request').fill('设计数据库和 API')
  await main.getByRole('row').filter({ hasText: name }).getByText('database').waitFor()
  await main.getByLabel('Rank agents for a request').fill('')
  await main.getByRole('button', { name }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await main.getByRole('button', { name }).waitFor({ state: 'detached' })
  await seedCrew(base)
  await main.getByRole('button', { name: 'Learn from executions' }).click()
  await main
    .getByTitle(/was said/)
    .first()
    .waitFor()
  await page.context().close()
}

async function templates({ base, visitor }) {
  const id = `e2e-${Date.now()}`
  const page = await visitor()
  page.expected.push(/422|Failed to load resource/)
  await page.goto(`${base}/crew?tab=templates`)
  const main = page.locator('main')
  await main.getByRole('button', { name: 'New template' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('ID').fill(id)
  const field = dialog.getByLabel('Template (JSON)')
  const text = await field.inputValue()
  await field.fill(text.replace('business-analyst', 'nobody'))
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('nobody').last().waitFor()
  await dialog.getByRole('alert').waitFor()
  await field.fill(text)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await main.getByText(id).first().click()
  await main.getByRole('link', { name: 'Plan with it' }).click()
  await main.getByLabel('Request').fill('a small change')
  await main.getByRole('button', { name: /^look/ }).first().waitFor()
  await send(base, `templates/${id}`, undefined, 'GET')
  await fetch(`${base}/api/v1/crew/templates/${id}`, { method: 'DELETE' })
  await page.context().close()
}

async function found({ base, visitor }) {
  const word = `登录${Date.now()}`
  const { id } = await send(base, 'workflows', {
    request: `${word} 编写测试`,
    name: 'e2e-found',
    project: 'e2e',
  })
  const page = await visitor()
  await page.goto(`${base}/crew?tab=runs`)
  const main = page.locator('main')
  await main.getByLabel('Search requests, names and the log').fill(word)
  await page.waitForURL(/q=/)
  const row = main.getByRole('row').filter({ hasText: word })
  await row.waitFor()
  assert.equal(await main.getByRole('row').filter({ hasText: 'e2e-seeded' }).count(), 0)
  await main.getByLabel('Search requests, names and the log').fill(`${word}x`)
  await main.getByText('No run matches').or(main.getByText('Nothing matches')).first().waitFor()
  await page.goto(`${base}/crew?tab=runs&project=e2e`)
  await main.getByRole('row').filter({ hasText: word }).getByRole('link').first().click()
  await page.waitForURL(new RegExp(id))
  await page.goto(`${base}/crew?tab=executions`)
  await main.getByRole('button', { name: 'Sync points and gates' }).click()
  await main.getByText('By metric').waitFor()
  await main.getByRole('button', { name: 'By agent' }).click()
  await main.getByRole('cell', { name: 'backend-architect' }).first().waitFor()
  await main.getByRole('button', { name: 'Planning speed' }).click()
  await main.getByRole('button', { name: 'Measure' }).click()
  await main.getByRole('cell', { name: /ms$/ }).first().waitFor()
  await main.getByRole('button', { name: 'Each one' }).click()
  const executions = await send(base, 'executions', undefined, 'GET')
  await main.getByRole('table').last().getByRole('row').nth(1).click()
  await main.locator('label').filter({ hasText: '3 of 5' }).click()
  await main.getByText('Rated 3 of 5').or(page.getByText('Rated 3 of 5')).first().waitFor()
  const rated = await send(base, `executions/${executions.items[0].id}`, undefined, 'GET')
  assert.equal(rated.satisfaction, 3)
  await page.context().close()
}

async function workspaces({ base, visitor }) {
  const name = `e2e-${Date.now()}`
  const page = await visitor()
  await page.goto(`${base}/crew?tab=workspaces`)
  const main = page.locator('main')
  await main.getByRole('button', { name: 'New workspace' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await main.getByText(`feature/${name}`).waitFor()
  await page.goto(`${base}/crew?q=${encodeURIComponent('write tests')}`)
  await main.getByRole('button', { name: 'Start run' }).click()
  await dialog.getByRole('combobox', { name: 'Workspace' }).click()
  await page.getByRole('option', { name: new RegExp(name) }).click()
  await dialog.getByRole('button', { name: 'Start run' }).click()
  await page.waitForURL(/\/crew\/runs\/[0-9a-f-]{36}/)
  await page.getByText(name).first().waitFor()
  await page.goto(`${base}/crew?tab=workspaces`)
  await main.getByText(name, { exact: true }).click()
  await dialog.getByRole('combobox', { name: 'Status' }).click()
  await page.getByRole('option', { name: 'Archived' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await main.getByRole('row').filter({ hasText: name }).getByText('Archived').waitFor()
  await main.getByText(name, { exact: true }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await main.getByText(name, { exact: true }).waitFor({ state: 'detached' })
  await page.context().close()
}
