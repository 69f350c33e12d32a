import { Button } from '@mantine/core'
import { IconGitFork } from '@tabler/icons-react'
import { useState } from 'react'
import {
  cancelRun,
  isOver,
  pauseRun,
  type RunDetail,
  resumeRun,
  rollBackRun,
  type Stage,
} from '@/api/workflows'
import { RunControls } from '@/components/ui/run/RunControls'
import { useWords } from '@/i18n'
import { ForkDialog } from './ForkDialog'

interface Props {
  run: RunDetail
  /** The stage that is chosen: back to it, or anew from it. */
  stage: Stage | null
}

export function RunActions({ run, stage }: Props) {
  const { t } = useWords()
  const [forking, setForking] = useState(false)
  const over = isOver(run.status)
  return (
    <>
      <RunControls
        queryKey={['run', run.id]}
        subject={`${run.name} ${run.id}`}
        over={over}
        goesOn={run.status === 'paused'}
        backTo={over || !stage ? null : { name: stage.name, label: stage.title }}
        pause={() => pauseRun(run.id)}
        resume={() => resumeRun(run.id)}
        cancel={() => cancelRun(run.id)}
        rollBack={to => rollBackRun(run.id, to)}
      >
        {stage && (
          <Button
            variant="default"
            leftSection={<IconGitFork size={15} stroke={1.8} />}
            onClick={() => setForking(true)}
          >
            {t('workflows.fork')}
          </Button>
        )}
      </RunControls>
      {forking && stage && <ForkDialog run={run} stage={stage} onClose={() => setForking(false)} />}
    </>
  )
}
