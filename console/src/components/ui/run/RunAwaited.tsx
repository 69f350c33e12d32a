import { Button } from '@mantine/core'
import { IconFileUnknown } from '@tabler/icons-react'
import { isProblem } from '@/api/problem'
import { useWords } from '@/i18n'
import { Empty } from '../Empty'
import { Page } from '../Page'
import { ProblemNote } from '../ProblemNote'
import { SkeletonRows } from '../Skeleton'
import styles from './Run.module.css'

interface Props {
  part: string
  id: string
  error: unknown
  /** Said where there is no such run. */
  missing: string
  onList: () => void
  onRetry: () => void
}

/** In the place of a run that is not there yet, not at all, or could not be read. */
export function RunAwaited({ part, id, error, missing, onList, onRetry }: Props) {
  const { t } = useWords()
  if (!error) {
    return (
      <Page title={part}>
        <SkeletonRows rows={8} height={38} />
      </Page>
    )
  }
  return (
    <Page title={part}>
      <div className={styles.work}>
        {isProblem(error) && error.status === 404 ? (
          <Empty icon={IconFileUnknown} title={missing} detail={id}>
            <Button variant="default" onClick={onList}>
              {t('workflows.toList')}
            </Button>
          </Empty>
        ) : (
          <ProblemNote error={error} onRetry={onRetry} />
        )}
      </div>
    </Page>
  )
}
