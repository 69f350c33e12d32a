// Every page in both languages and themes, on a phone and on a desk.
import { crewDetails, seedCrew } from './crew.mjs'
import { seedRooms } from './rooms.mjs'

const PAGES = [
  '/',
  '/tasks',
  '/tasks?state=dead',
  '/errors',
  '/queues',
  '/queues?tab=limits',
  '/queues?tab=tenants',
  '/queues?tab=types',
  '/queues?tab=workers',
  '/schedules',
  '/schedules?open=e2e.seeded',
  '/schedules?edit=e2e.seeded',
  '/workflows',
  '/workflows?tab=definitions',
  '/approvals',
  '/batches',
  '/drafts',
  '/drafts/new',
  '/crew',
  '/crew?q=%E5%AE%9E%E7%8E%B0%E7%94%A8%E6%88%B7%E7%99%BB%E5%BD%95%E5%8A%9F%E8%83%BD%EF%BC%8C%E5%8C%85%E6%8B%ACJWT%E8%AE%A4%E8%AF%81%E3%80%81%E5%AF%86%E7%A0%81%E5%8A%A0%E5%AF%86',
  '/crew?tab=runs',
  '/crew?tab=work',
  '/crew?tab=decisions',
  '/crew?tab=decisions&view=network',
  '/crew?tab=agents',
  '/crew?tab=executions',
  '/crew?tab=executions&view=checks',
  '/crew?tab=executions&view=times',
  '/crew?tab=executions&view=bench',
  '/crew?tab=workspaces',
  '/crew?tab=templates',
  '/crew?tab=templates&open=premium_quality_workflow',
  '/system',
  '/system?tab=statements',
  '/system?tab=followers',
  '/system?tab=webhooks',
  '/system?tab=config',
  '/system?tab=about',
]

/** A key of the dictionary that stands on the page instead of its word. */
const RAW_KEY =
  /\b(?:overview|tasks?|errors|queues|quiet|types|limits|tenants|workers|schedules|workflows|approvals|webhooks|batches|sync|runState|drafts|system|state|live|frame|json|log|submit)\.[a-z]\w+\b/g

export function* everyPage({ base, shots, visitor, fault }) {
  for (const language of ['zh', 'en']) {
    for (const theme of ['light', 'dark']) {
      for (const width of [360, 1280, 2560]) {
        yield [
          `pages in ${language}, ${theme}, ${width} px`,
          async () => {
            await seedRooms(base)
            await seedCrew(base)
            const page = await visitor({ language, theme, width })
            for (const path of [...PAGES, ...(await details(base))]) {
              await page.goto(base + path, { waitUntil: 'load' })
              await page.waitForSelector('h1, article')
              await settled(page)
              await inspect(page, { language, width, fault })
              if (shots) {
                const name = path.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'overview'
                await page.screenshot({
                  path: `${shots}/${name}-${width}-${language}-${theme}.png`,
                })
              }
            }
            await page.context().close()
          },
        ]
      }
    }
  }
}

/** The newest of everything that has a page of its own. */
async function details(base) {
  const newest = async path => (await (await fetch(`${base}${path}?limit=1`)).json()).items[0]
  const task = await newest('/api/v1/tasks')
  const draft = await newest('/api/v1/draft/drafts')
  const run = await newest('/api/v1/workflows')
  const batch = await newest('/api/v1/batches')
  const error = await newest('/api/v1/errors')
  const waiting = (await (await fetch(`${base}/api/v1/tasks?state=waiting&limit=1`)).json())
    .items[0]
  return [
    task && `/tasks/${task.id}`,
    waiting && `/tasks/${waiting.id}`,
    run && `/workflows/${run.id}`,
    batch && `/batches/${batch.id}`,
    error && `/errors/${error.fingerprint}`,
    draft && `/drafts/${encodeURIComponent(draft.name)}`,
    ...(await crewDetails(base)),
  ].filter(Boolean)
}

/** Until no skeleton is left: live pages never fall silent on the network. */
async function settled(page) {
  await page.waitForFunction(() => document.querySelectorAll('[aria-busy="true"]').length === 0)
}

async function inspect(page, { language, width, fault }) {
  const seen = await page.evaluate(() => ({
    over: document.documentElement.scrollWidth - innerWidth,
    // A wide thing inside a scrolling page scrolls that page sideways just as well.
    main: (element => element.scrollWidth - element.clientWidth)(document.querySelector('main')),
    lang: document.documentElement.lang,
    // What is seen counts, not what is hidden, nor what is code: SQL has dots of its own.
    text: [...document.querySelectorAll('code, pre')].reduce(
      // biome-ignore lint/performance/useDomNodeTextContent: what is rendered is what is read
      (text, code) => text.replace(code.innerText, ''),
      // biome-ignore lint/performance/useDomNodeTextContent: what is rendered is what is read
      document.body.innerText,
    ),
  }))
  const where = `${page.url()} at ${width} px`
  if (seen.over > 0 || seen.main > 0)
    fault(`${where} scrolls sideways by ${seen.over || seen.main} px`)
  if (seen.lang !== language) fault(`${where} is in ${seen.lang}`)
  const types = /\bsample\.\w+|draft\.build\b|e2e\.[\w.]+/g
  const keys = seen.text.replace(types, '').match(RAW_KEY)
  if (keys) fault(`${where} shows keys instead of words: ${keys.join(', ')}`)
  if (language === 'zh' && !/[\u4e00-\u9fff]/.test(seen.text)) fault(`${where} has no Chinese`)
}
