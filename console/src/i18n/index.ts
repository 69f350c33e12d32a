import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { Language } from '@/lib/format'

const loaders = {
  zh: () => import('./zh'),
  en: () => import('./en'),
}

function preferred(): Language {
  return document.documentElement.lang === 'zh' ? 'zh' : 'en'
}

async function load(language: Language) {
  if (i18next.hasResourceBundle(language, 'translation')) return
  const { default: words } = await loaders[language]()
  i18next.addResourceBundle(language, 'translation', words)
}

/** Fetches only the language in use; the other one comes when it is asked for. */
export async function startI18n() {
  const language = preferred()
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
    saveMissing: true,
    // The end-to-end test fails on any console error, so a missing word cannot go unseen.
    missingKeyHandler: (_languages, _namespace, key) => console.error(`missing word: ${key}`),
    react: { useSuspense: false },
  })
  await load(language)
  await i18next.changeLanguage(language)
}

export async function setLanguage(language: Language) {
  await load(language)
  document.documentElement.lang = language
  try {
    localStorage.setItem('millrace.language', language)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  await i18next.changeLanguage(language)
}

/** Translation and the language it goes to. */
export function useWords() {
  const { t, i18n } = useTranslation()
  return { t, language: (i18n.language === 'zh' ? 'zh' : 'en') as Language }
}
