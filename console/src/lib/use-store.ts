import { fetchStore, storeOf } from '@/api/store'
import { usePushed } from './use-pushed'

/** The state of the store and its figures, pushed when they have changed. */
export const useStore = () =>
  usePushed({ key: ['store'], topic: 'store', fetch: fetchStore, read: storeOf })
