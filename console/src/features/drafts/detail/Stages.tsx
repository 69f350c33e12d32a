import type { TaskDetail } from '@/api/types'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Steps } from '@/components/ui/Steps'
import { useWords } from '@/i18n'
import styles from '../DraftPage.module.css'

export const STAGES = ['validate', 'collect', 'download', 'probe', 'build', 'check'] as const

interface Props {
  task: TaskDetail | undefined
  /** The one under way. */
  stage: string | undefined
}

/** The steps of a build, by the words of the page. */
export function Stages({ task, stage }: Props) {
  const { t } = useWords()
  if (!task) return <SkeletonRows rows={4} height={28} />
  const steps = withCurrent(task, stage).map(step => {
    const known = STAGES.find(each => each === step.name)
    return known ? { ...step, name: t(`drafts.stage.${known}`) } : step
  })
  if (steps.length === 0) return <p className={styles.none}>{t('drafts.noSteps')}</p>
  return <Steps steps={steps} state={task.state} />
}

/** A task reports its steps when they are done; the one under way began where the last one ended. */
function withCurrent({ steps = [], state, startedAt }: TaskDetail, stage: string | undefined) {
  if (!stage || state !== 'running' || steps.some(step => step.name === stage)) return steps
  const since = steps.at(-1)?.finishedAt ?? startedAt
  return [...steps, { name: stage, startedAt: since, finishedAt: null, durationMs: null }]
}
