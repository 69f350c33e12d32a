import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SETTING_WORDS } from '@/features/system/setting-words'
import crewEn from '@/i18n/crew/en'
import crewZh from '@/i18n/crew/zh'
import en from '@/i18n/en'
import zh from '@/i18n/zh'
import { FINDING_WORDS, findingText, partText, REMEDIES } from '@/lib/finding-words'

type Tree = { [key: string]: string | Tree }

const flat = (tree: Tree, path = ''): Map<string, string> =>
  new Map(
    Object.entries(tree).flatMap(([key, value]) => {
      const name = path ? `${path}.${key}` : key
      return typeof value === 'string' ? [[name, value] as const] : [...flat(value, name)]
    }),
  )

const english = flat({ ...en, crew: crewEn })
const chinese = flat({ ...zh, crew: crewZh })
const placeholders = (text: string) =>
  [...text.matchAll(/{{(\w+)}}/g)].map(match => match[1]).sort()

it('has every word in both languages', () => {
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort())
})

it('fills the same places in both languages', () => {
  for (const [key, text] of english) {
    expect(placeholders(chinese.get(key) ?? ''), key).toEqual(placeholders(text))
  }
})

it('leaves no word empty and shouts at nobody', () => {
  for (const [key, text] of [...english, ...chinese]) {
    expect(text.trim(), key).not.toBe('')
    expect(text, key).not.toMatch(/[!！]|Oops/)
  }
})

it('puts a space between Han and Latin, and full-width marks into sentences', () => {
  const glued = /[\p{Script=Han}][A-Za-z0-9]|[A-Za-z0-9][\p{Script=Han}]/u
  for (const [key, text] of [...chinese, ...Object.entries(SETTING_WORDS), ...findings()]) {
    // A placeholder counts as Latin where a number or a name stands in it; a column name is Han.
    const plain = text.replaceAll('{{column}}', '列').replace(/{{\w+}}/g, 'X')
    expect(plain, key).not.toMatch(glued)
    expect(plain, key).not.toMatch(/[\p{Script=Han}][,;?](?:\s|$)/u)
  }
})

it('keeps no word that no page uses', () => {
  const src = join(import.meta.dirname, '../src')
  const code = readdirSync(src, { recursive: true })
    .map(String)
    .filter(file => /\.tsx?$/.test(file) && !file.startsWith('i18n'))
    .map(file => readFileSync(join(src, file), 'utf8'))
    .join('\n')
  // t(`state.${state}`) uses every word below `state`.
  const prefixes = [...code.matchAll(/`([a-z][\w.]*\.)\$\{/gi)].map(match => match[1] ?? '')
  const unused = [...english.keys()].filter(key => {
    const name = key.replace(/_(one|other)$/, '')
    return !code.includes(`'${name}'`) && !prefixes.some(prefix => name.startsWith(prefix))
  })
  expect(unused).toEqual([])
})

/** Every finding with facts of any kind. */
function findings(): [string, string][] {
  const facts = {
    position: 'X-1',
    since: '2026-11-20T08:00:00Z',
    at: '2026-11-20T08:00:00Z',
    bytes: 48_000_000,
    for: 'PT42S',
    reason: 'disk-full',
  }
  const named = new Proxy(facts, { get: (known, name) => Reflect.get(known, name) ?? 'X' })
  return [
    ...Object.entries(FINDING_WORDS).map(([code, say]): [string, string] => [code, say(named)]),
    ...Object.entries(REMEDIES),
  ]
}

it('says everything that a part can find in Chinese', () => {
  const root = join(import.meta.dirname, '../..')
  const found = ['platform', 'apps', 'server'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true })
      .map(String)
      .filter(file => /src\/main\/.*\.java$/.test(file))
      .map(file => readFileSync(join(root, folder, file), 'utf8'))
      .filter(code => /import .*store\.Finding;|new Finding\(/.test(code))
      .flatMap(code =>
        [...code.matchAll(/(?:new Finding|Finding\.of|found)\(\s*"([\w-]+)"/g)].map(hit => hit[1]),
      ),
  )
  expect(found.length).toBeGreaterThan(10)
  expect([...new Set(found)].sort()).toEqual(Object.keys(FINDING_WORDS).sort())
})

it('falls back to the English of an unknown finding, and to the detail of an outside part', () => {
  const finding = { code: 'new', facts: {}, text: 'something new' }
  expect(findingText(finding, 'zh')).toBe('something new')
  expect(partText({ detail: 'fine', findings: [] }, 'zh')).toBe('fine')
  const full = { code: 'disk-free', facts: { bytes: 4e9, folder: '/data' }, text: '4 GB free' }
  expect(partText({ detail: '', findings: [full] }, 'zh')).toBe('/data 可用 4 GB')
  expect(partText({ detail: '', findings: [full] }, 'en')).toBe('4 GB free')
})
