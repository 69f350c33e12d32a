import { Figure } from '@/components/ui/Figure'
import { useWords } from '@/i18n'
import { bytes, exactCount } from '@/lib/format'
import { useStore } from '@/lib/use-store'

export function StoreFigures() {
  const { t } = useWords()
  const { data } = useStore()
  return (
    <>
      <Figure label={t('system.position')}>
        <span className="mono">{data?.position ?? '–'}</span>
      </Figure>
      <Figure label={t('system.fileSize')} title={exactCount(data?.fileBytes)}>
        {bytes(data?.fileBytes)}
      </Figure>
      <Figure label={t('system.walSize')} title={exactCount(data?.walBytes)}>
        {bytes(data?.walBytes)}
      </Figure>
    </>
  )
}
