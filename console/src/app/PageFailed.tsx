import { Button } from '@mantine/core'
import { IconBug } from '@tabler/icons-react'
import { Empty } from '@/components/ui/Empty'
import { useWords } from '@/i18n'

/** A page that broke: the frame around it stays alive. */
export function PageFailed({ error }: { error: unknown }) {
  const { t } = useWords()
  return (
    <Empty icon={IconBug} title={t('frame.pageFailed')} detail={String(error)}>
      <Button variant="default" onClick={() => location.reload()}>
        {t('action.reload')}
      </Button>
    </Empty>
  )
}
