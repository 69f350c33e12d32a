import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const src = join(import.meta.dirname, '../src')

const files = readdirSync(src, { recursive: true })
  .map(String)
  .filter(file => /\.tsx?$/.test(file) && !file.includes('generated'))

/** What a file imports of ours, as paths below `src`. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(src, file), 'utf8')
  const named = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    match => match[1] ?? '',
  )
  return named
    .filter(name => name.startsWith('@/') || name.startsWith('.'))
    .map(name =>
      name.startsWith('@/')
        ? name.slice(2)
        : relative(src, normalize(join(src, dirname(file), name))),
    )
}

const partOf = (path: string) => /^features\/([^/]+)/.exec(path)?.[1]

/** Who may use whom, from the top of the house to its ground. */
const MAY_USE: Record<string, string[]> = {
  app: ['app', 'features', 'components', 'lib', 'api', 'i18n'],
  features: ['features', 'components', 'lib', 'api', 'i18n'],
  components: ['components', 'lib', 'api', 'i18n'],
  lib: ['lib', 'api', 'i18n'],
  api: ['api'],
  i18n: ['i18n', 'lib'],
}

describe('the layout', () => {
  it('finds the files', () => {
    expect(files.length).toBeGreaterThan(50)
  })

  it.each(files)('%s imports only what its floor may use', file => {
    const floor = file.split('/')[0] ?? ''
    const allowed = MAY_USE[floor]
    for (const target of importsOf(file)) {
      const to = target.split('/')[0] ?? ''
      if (!allowed || target.endsWith('.css')) continue
      expect(allowed, `${file} imports ${target}`).toContain(to)
    }
  })

  it('lets no feature import another', () => {
    const crossings = files.flatMap(file => {
      const part = partOf(file)
      if (!part) return []
      return importsOf(file)
        .filter(target => partOf(target) !== undefined && partOf(target) !== part)
        .map(target => `${file} imports ${target}`)
    })
    expect(crossings).toEqual([])
  })

  it('keeps files short enough to be read', () => {
    const long = files
      .filter(file => !file.startsWith('i18n/'))
      .map(file => [file, readFileSync(join(src, file), 'utf8').split('\n').length] as const)
      .filter(([, lines]) => lines > 260)
    expect(long).toEqual([])
  })
})

it('keeps registry hosts out of the lock file', () => {
  const lock = join(import.meta.dirname, '../package-lock.json')
  expect(statSync(lock).size).toBeGreaterThan(0)
  expect(readFileSync(lock, 'utf8')).not.toMatch(/"resolved"/)
})
