import type { TaskDetail } from '@/api/types'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Steps } from '@/components/ui/Steps'
import { useWords } from '@/i18n'
import styles from '../DraftPage.module.css'

export const STAGES = ['validate', 'collect', 'download', 'probe', 'build', 'check'] as const

/** The steps of a build, by the words of the page. */
export function Stages({ task }: { task: TaskDetail | undefined }) {
  const { t } = useWords()
  if (!task) return <SkeletonRows rows={4} height={28} />
  const steps = (task.steps ?? []).map(step => {
    const stage = STAGES.find(each => each === step.name)
    return stage ? { ...step, name: t(`drafts.stage.${stage}`) } : step
  })
  if (steps.length === 0) return <p className={styles.none}>{t('drafts.noSteps')}</p>
  return <Steps steps={steps} state={task.state} />
}
