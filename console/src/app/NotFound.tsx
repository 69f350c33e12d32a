import { IconMapOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Empty } from '@/components/ui/Empty'
import { useWords } from '@/i18n'

export function NotFound() {
  const { t } = useWords()
  return (
    <Empty icon={IconMapOff} title={t('frame.notFound')}>
      <Link to="/">{t('frame.toOverview')}</Link>
    </Empty>
  )
}
