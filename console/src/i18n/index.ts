import i18next, { type TFunction } from 'i18next'
import { useSyncExternalStore } from 'react'
import type { Language } from '@/lib/format'

const loaders = {
  zh: () => import('./zh'),
  en: () => import('./en'),
}

/** Words of a part that only its pages need. */
const parts = {
  crew: { zh: () => import('./crew/zh'), en: () => import('./crew/en') },
}

type Part = keyof typeof parts

interface Words {
  t: TFunction
  language: Language
}

let words: Words = { t: i18next.t, language: 'en' }
const listeners = new Set<() => void>()
const visited = new Set<Part>()

async function fetchPart(part: Part, language: Language) {
  if (!i18next.getResource(language, 'translation', part)) {
    const { default: bundle } = await parts[part][language]()
    i18next.addResourceBundle(language, 'translation', { [part]: bundle }, true)
  }
}

/** A page together with the words of its part. */
export async function withWords<T>(part: Part, page: Promise<T>): Promise<T> {
  visited.add(part)
  const [loaded] = await Promise.all([page, fetchPart(part, words.language)])
  return loaded
}

/** Fetches only the language in use; the other one comes when it is asked for. */
async function speak(language: Language) {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    const { default: bundle } = await loaders[language]()
    i18next.addResourceBundle(language, 'translation', bundle)
  }
  await Promise.all([...visited].map(part => fetchPart(part, language)))
  await i18next.changeLanguage(language)
  words = { t: i18next.getFixedT(language), language }
  for (const listener of listeners) listener()
}

export async function startI18n() {
  await i18next.init({
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
    saveMissing: true,
    // The end-to-end test fails on any console error, so a missing word cannot go unseen.
    missingKeyHandler: (_languages, _namespace, key) => console.error(`missing word: ${key}`),
  })
  await speak(document.documentElement.lang === 'zh' ? 'zh' : 'en')
}

export async function setLanguage(language: Language) {
  document.documentElement.lang = language
  try {
    localStorage.setItem('millrace.language', language)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  await speak(language)
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Translation and the language it goes to. Cheap enough for every cell of a long table. */
export const useWords = (): Words => useSyncExternalStore(subscribe, () => words)
