import { Button } from '@mantine/core'
import {
  IconArrowBackUp,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
} from '@tabler/icons-react'
import { useState } from 'react'
import {
  type CrewRun,
  cancelCrewRun,
  isOver,
  pauseCrewRun,
  resumeCrewRun,
  rollBackCrewRun,
} from '@/api/crew'
import { Confirm } from '@/components/ui/Confirm'
import { useWords } from '@/i18n'
import { useAction } from '@/lib/use-action'
import { runKey } from './useCrewRun'

/** What the crew allows: a failed run goes on, and any is rolled back up to five times. */
const MOST_RECOVERIES = 5

export function CrewRunActions({ run, stage }: { run: CrewRun; stage: string | null }) {
  const { t } = useWords()
  const [asking, setAsking] = useState<'cancel' | 'rollback' | null>(null)
  const act = useAction(runKey(run.id))
  const over = isOver(run.state)
  const goesOn = run.state === 'paused' || run.state === 'failed'
  return (
    <>
      {(goesOn || !over) && (
        <Button
          variant="default"
          loading={act.isPending}
          leftSection={goesOn ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />}
          onClick={() =>
            act.mutate({
              does: () => (goesOn ? resumeCrewRun(run.id) : pauseCrewRun(run.id)),
              said: t(goesOn ? 'workflows.resumeDone' : 'workflows.pauseDone'),
            })
          }
        >
          {t(goesOn ? 'workflows.resume' : 'workflows.pause')}
        </Button>
      )}
      {stage && run.recoveries < MOST_RECOVERIES && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={15} stroke={1.8} />}
          onClick={() => setAsking('rollback')}
        >
          {t('workflows.rollBack')}
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
        subject={`${run.name ?? run.definition} ${run.id}`}
        text={t('workflows.cancelText')}
        verb={t('workflows.cancel')}
        onClose={() => setAsking(null)}
        onConfirm={() =>
          act.mutate({ does: () => cancelCrewRun(run.id), said: t('workflows.cancelDone') })
        }
      />
      <Confirm
        open={asking === 'rollback'}
        title={t('workflows.rollBackTitle', { stage })}
        subject={`${run.name ?? run.definition} ${run.id}`}
        text={t('workflows.rollBackText')}
        verb={t('workflows.rollBack')}
        onClose={() => setAsking(null)}
        onConfirm={() =>
          act.mutate({
            does: () => rollBackCrewRun(run.id, stage ?? ''),
            said: t('workflows.rollBackDone', { stage }),
          })
        }
      />
    </>
  )
}
