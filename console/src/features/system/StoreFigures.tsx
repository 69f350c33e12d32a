import { Figure } from '@/components/ui/Figure'
import { useWords } from '@/i18n'
import { bytes, exactCount, UNKNOWN } from '@/lib/format'
import { useLiveState } from '@/lib/live'

export function StoreFigures() {
  const { t } = useWords()
  const overview = useLiveState(live => live.overview)
  const machine = overview?.process
  return (
    <>
      <Figure label={t('system.position')}>
        <span className="mono">{overview?.position ?? UNKNOWN}</span>
      </Figure>
      <Figure label={t('system.fileSize')} title={exactCount(machine?.storeBytes)}>
        {bytes(machine?.storeBytes)}
      </Figure>
      <Figure label={t('system.walSize')} title={exactCount(machine?.walBytes)}>
        {bytes(machine?.walBytes)}
      </Figure>
    </>
  )
}
