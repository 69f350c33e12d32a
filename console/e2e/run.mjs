// Drives a running server with a real browser, as a person would:
//   npm run e2e -- --base http://127.0.0.1:8080 [--empty URL] [--shots FOLDER] [--only TEXT]
// The server needs the sample types (./millrace up --samples). A second one in which nothing has
// happened yet, named by --empty, shows the pages with nothing on them. Ends with 1 at the first failure of
// a scenario, a console error, a missing word or a page that scrolls sideways on a phone.
import { existsSync, mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { crew } from './crew.mjs'
import { everyPage } from './pages.mjs'
import { rooms } from './rooms.mjs'
import { scenarios } from './scenarios.mjs'
import { everyState } from './states.mjs'

const option = name => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}

const base = option('base')
if (!base) {
  console.error('Say which server: npm run e2e -- --base http://127.0.0.1:8080')
  process.exit(2)
}
/** A server in which nothing has happened yet. */
const empty = option('empty')
const shots = option('shots')
/** Runs only what has this text in its name. */
const only = option('only')
if (shots) mkdirSync(shots, { recursive: true })

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = process.env.CHROMIUM ?? BROWSERS.find(path => existsSync(path))
if (!executablePath) {
  console.error('No Chromium found: install the package chromium, or name one in CHROMIUM.')
  process.exit(2)
}

const browser = await chromium.launch({
  executablePath,
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
})

const faults = []

/** Of a failure, what its pages showed. */
async function keepTrace(name) {
  if (!shots) return
  const pages = browser.contexts().flatMap(context => context.pages())
  for (const [index, page] of pages.entries()) {
    const file = `${shots}/failed-${name.replace(/\W+/g, '-')}-${index}.png`
    await page.screenshot({ path: file }).catch(() => undefined)
  }
}

/** A fresh visitor whose console errors and refused styles count as failures. */
async function visitor({ language = 'en', theme = 'light', width = 1280, height = 720 } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' })
  await context.addInitScript(
    ([words, look]) => {
      localStorage.setItem('millrace.language', words)
      localStorage.setItem('millrace.theme', look)
    },
    [language, theme],
  )
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  /** Errors that a scenario causes on purpose, such as a refused recipe. */
  page.expected = []
  const fault = text => {
    if (!page.expected.some(pattern => pattern.test(text))) {
      faults.push(`${language}/${theme}/${width} ${page.url()}: ${text}`)
    }
  }
  page.on('console', message => {
    if (message.type() === 'error') fault(`console: ${message.text()}`)
  })
  page.on('pageerror', error => fault(`page: ${error.message}`))
  return page
}

let failed = 0
async function run(name, body) {
  const started = Date.now()
  const before = faults.length
  try {
    await body()
  } catch (error) {
    const where = error.stack?.match(/(scenarios|rooms|crew|states|pages)\.mjs:\d+/)?.[0] ?? ''
    faults.push(`${where} ${error.message.split('\n').slice(0, 3).join(' | ')}`)
    await keepTrace(name)
  }
  for (const context of browser.contexts()) await context.close()
  const good = faults.length === before
  if (!good) failed += 1
  console.log(`${good ? 'ok    ' : 'FAILED'} ${name} (${Date.now() - started} ms)`)
  for (const fault of faults.slice(before)) console.log(`       ${fault}`)
}

try {
  if (!empty) console.log('without --empty: pages with nothing on them are not looked at')
  const tools = { base, empty, shots, visitor, fault: text => faults.push(text) }
  for (const [name, body] of [
    ...scenarios(tools),
    ...rooms(tools),
    ...crew(tools),
    ...everyState(tools),
    ...everyPage(tools),
  ]) {
    if (!only || name.includes(only)) await run(name, body)
  }
} finally {
  await browser.close()
}
console.log(failed ? `${failed} failed` : 'all passed')
process.exit(failed ? 1 : 0)
