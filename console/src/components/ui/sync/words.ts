import type { Sync } from '@/api/workflows'
import { useWords } from '@/i18n'
import { percent } from '@/lib/format'

/** What a sync point looks at, in one line. */
export function useSyncWords(): (sync: Sync) => string {
  const { t } = useWords()
  return sync => {
    switch (sync.type) {
      case 'approval':
        return t('sync.approval')
      case 'quorum':
        return t('sync.quorum', { count: sync.quorum ?? 0 })
      case 'consensus':
        return t('sync.consensus', { share: percent(sync.agreement) })
      case 'criteria':
        return [
          ...Object.entries(sync.criteria).map(([name, rule]) => `${name} ${rule}`),
          ...(sync.where ? [sync.where] : []),
        ].join(' · ')
    }
  }
}

/** Whether a person can do something about it now. */
export const isAsked = (sync: Pick<Sync, 'type' | 'status'>): boolean =>
  sync.status === 'checking' && (sync.type === 'approval' || sync.type === 'criteria')
