import type { useNavigate } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { setLanguage } from '@/i18n'
import { shortId } from '@/lib/format'
import { isTaskId } from '@/lib/ids'
import { setTheme } from '@/lib/theme'
import { PARTS } from '../parts'

export interface Entry {
  key: string
  group: 'task' | 'pages' | 'actions'
  label: string
  /** More words to be found by, in both languages. */
  also?: string
  run: () => void
}

type Navigate = ReturnType<typeof useNavigate>

/** Everything the palette offers for what is typed, best first. */
export function entriesFor(
  text: string,
  t: TFunction,
  navigate: Navigate,
  language: string,
): Entry[] {
  const typed = text.trim()
  const wanted = typed.toLowerCase()
  const matches = (entry: Entry) =>
    `${entry.label} ${entry.also ?? ''}`.toLowerCase().includes(wanted)
  const known = fixed(t, navigate, language).filter(matches)
  // An id means exactly one thing; other words more likely name a page than a task type.
  return isTaskId(typed)
    ? [...taskEntries(typed, t, navigate), ...known]
    : [...known, ...taskEntries(typed, t, navigate)]
}

function taskEntries(typed: string, t: TFunction, navigate: Navigate): Entry[] {
  if (isTaskId(typed)) {
    return [
      {
        key: 'task',
        group: 'task',
        label: t('palette.openTask', { id: shortId(typed) }),
        run: () => void navigate({ to: '/tasks/$id', params: { id: typed.toLowerCase() } }),
      },
    ]
  }
  if (typed.length < 2) return []
  const find = (key: string, label: string, search: Record<string, string>): Entry => ({
    key,
    group: 'task',
    label,
    run: () => void navigate({ to: '/tasks', search }),
  })
  const entries = [find('type', t('palette.filterTasks', { text: typed }), { type: typed })]
  if (/^[0-9a-f-]{4,}$/i.test(typed)) {
    entries.unshift(find('id', t('palette.findTasks', { text: typed }), { q: typed }))
  }
  return entries
}

function fixed(t: TFunction, navigate: Navigate, language: string): Entry[] {
  const pages = PARTS.map<Entry>(part => ({
    key: part.key,
    group: 'pages',
    label: t(`parts.${part.key}`),
    also: part.key,
    run: () => void navigate({ to: part.path }),
  }))
  const action = (key: string, label: string, also: string, run: () => void): Entry => ({
    key,
    group: 'actions',
    label,
    also,
    run,
  })
  return [
    ...pages,
    action('dead', t('palette.deadTasks'), 'dead failed 死信 失败', () =>
      navigate({ to: '/tasks', search: { state: 'dead' } }),
    ),
    action('running', t('palette.runningTasks'), 'running 运行', () =>
      navigate({ to: '/tasks', search: { state: 'running' } }),
    ),
    action('submit', t('palette.submitTask'), 'submit new task 提交', () =>
      navigate({ to: '/tasks', search: { submit: '1' } }),
    ),
    action('draft', t('palette.newDraft'), 'draft recipe 草稿 配方', () =>
      navigate({ to: '/drafts/new' }),
    ),
    action('api', t('palette.apiPage'), 'api openapi rest', () => location.assign('/api')),
    action('light', t('palette.light'), 'theme light 浅色', () => setTheme('light')),
    action('dark', t('palette.dark'), 'theme dark 深色', () => setTheme('dark')),
    action('language', t('palette.language'), 'language english 中文 语言', () =>
      setLanguage(language === 'zh' ? 'en' : 'zh'),
    ),
  ]
}
