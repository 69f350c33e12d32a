// Runs before the first paint, so that neither the theme nor the language flickers.
// A file of its own, because the content security policy allows no inline script.
;(() => {
  const root = document.documentElement
  let theme = null
  let language = null
  try {
    theme = localStorage.getItem('millrace.theme')
    language = localStorage.getItem('millrace.language')
  } catch {
    // Storage is switched off: the system's own settings decide.
  }
  const dark =
    theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  root.lang = language || (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en')
})()
