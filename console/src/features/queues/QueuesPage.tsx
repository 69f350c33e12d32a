import { Page } from '@/components/ui/Page'
import { useWords } from '@/i18n'

export function QueuesPage() {
  const { t } = useWords()
  return <Page title={t('parts.queues')} />
}
