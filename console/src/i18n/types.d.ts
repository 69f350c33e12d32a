import 'i18next'
import type crew from './crew/en'
import type en from './en'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en & { crew: typeof crew } }
    returnNull: false
  }
}
