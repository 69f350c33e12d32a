import { Button } from '@mantine/core'
import {
  IconArrowBackUp,
  IconGitFork,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
} from '@tabler/icons-react'
import { useState } from 'react'
import {
  cancelRun,
  isOver,
  pauseRun,
  type RunDetail,
  resumeRun,
  rollBackRun,
} from '@/api/workflows'
import { Confirm } from '@/components/ui/Confirm'
import { useWords } from '@/i18n'
import { useAction } from '@/lib/use-action'
import { ForkDialog } from './ForkDialog'

interface Props {
  run: RunDetail
  /** The stage that is chosen: back to it, or anew from it. */
  stage: string | null
}

export function RunActions({ run, stage }: Props) {
  const { t } = useWords()
  const [asking, setAsking] = useState<'cancel' | 'rollback' | 'fork' | null>(null)
  const act = useAction(['run', run.id])
  const over = isOver(run.status)
  const paused = run.status === 'paused'
  return (
    <>
      {!over && (
        <Button
          variant="default"
          loading={act.isPending}
          leftSection={paused ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />}
          onClick={() =>
            act.mutate({
              does: () => (paused ? resumeRun(run.id) : pauseRun(run.id)),
              said: t(paused ? 'workflows.resumeDone' : 'workflows.pauseDone'),
            })
          }
        >
          {t(paused ? 'workflows.resume' : 'workflows.pause')}
        </Button>
      )}
      {!over && stage && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={15} stroke={1.8} />}
          onClick={() => setAsking('rollback')}
        >
          {t('workflows.rollBack')}
        </Button>
      )}
      {stage && (
        <Button
          variant="default"
          leftSection={<IconGitFork size={15} stroke={1.8} />}
          onClick={() => setAsking('fork')}
        >
          {t('workflows.fork')}
        </Button>
      )}
      {!over && (
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={15} stroke={1.8} />}
          onClick={() => setAsking('cancel')}
        >
          {t('workflows.cancel')}
        </Button>
      )}
      <Confirm
        open={asking === 'cancel'}
        title={t('workflows.cancelTitle')}
        subject={`${run.name} ${run.id}`}
        text={t('workflows.cancelText')}
        verb={t('workflows.cancel')}
        onClose={() => setAsking(null)}
        onConfirm={() =>
          act.mutate({ does: () => cancelRun(run.id), said: t('workflows.cancelDone') })
        }
      />
      <Confirm
        open={asking === 'rollback'}
        title={t('workflows.rollBackTitle', { stage })}
        subject={`${run.name} ${run.id}`}
        text={t('workflows.rollBackText')}
        verb={t('workflows.rollBack')}
        onClose={() => setAsking(null)}
        onConfirm={() =>
          act.mutate({
            does: () => rollBackRun(run.id, stage ?? ''),
            said: t('workflows.rollBackDone', { stage }),
          })
        }
      />
      {asking === 'fork' && stage && (
        <ForkDialog run={run} stage={stage} onClose={() => setAsking(null)} />
      )}
    </>
  )
}
