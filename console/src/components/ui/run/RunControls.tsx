import { Button } from '@mantine/core'
import {
  IconArrowBackUp,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
} from '@tabler/icons-react'
import type { QueryKey } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useWords } from '@/i18n'
import { useAction } from '@/lib/use-action'
import { Confirm } from '../Confirm'

interface Props {
  /** Under what the run was read. */
  queryKey: QueryKey
  /** What dialogs name. */
  subject: string
  over: boolean
  /** Whether it stands still and can go on; else it can be paused, unless it is over. */
  goesOn: boolean
  /** The stage to go back to; null where it cannot. */
  backTo: { name: string; label: string } | null
  pause: () => Promise<unknown>
  resume: () => Promise<unknown>
  cancel: () => Promise<unknown>
  rollBack: (stage: string) => Promise<unknown>
  /** What else can be done, before cancelling. */
  children?: ReactNode
}

/** What every run can be told: pause, go on, go back to a stage, stop. */
export function RunControls(props: Props) {
  const { queryKey, subject, over, goesOn, backTo, children } = props
  const { t } = useWords()
  const [asking, setAsking] = useState<'cancel' | 'rollback' | null>(null)
  const act = useAction(queryKey)
  return (
    <>
      {(goesOn || !over) && (
        <Button
          variant="default"
          loading={act.isPending}
          leftSection={goesOn ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />}
          onClick={() =>
            act.mutate({
              does: goesOn ? props.resume : props.pause,
              said: t(goesOn ? 'workflows.resumeDone' : 'workflows.pauseDone'),
            })
          }
        >
          {t(goesOn ? 'workflows.resume' : 'workflows.pause')}
        </Button>
      )}
      {backTo && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={15} stroke={1.8} />}
          onClick={() => setAsking('rollback')}
        >
          {t('workflows.rollBack')}
        </Button>
      )}
      {children}
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
        subject={subject}
        text={t('workflows.cancelText')}
        verb={t('workflows.cancel')}
        onClose={() => setAsking(null)}
        onConfirm={() => act.mutate({ does: props.cancel, said: t('workflows.cancelDone') })}
      />
      <Confirm
        open={asking === 'rollback'}
        title={t('workflows.rollBackTitle', { stage: backTo?.label })}
        subject={subject}
        text={t('workflows.rollBackText')}
        verb={t('workflows.rollBack')}
        onClose={() => setAsking(null)}
        onConfirm={() =>
          act.mutate({
            does: () => props.rollBack(backTo?.name ?? ''),
            said: t('workflows.rollBackDone', { stage: backTo?.label }),
          })
        }
      />
    </>
  )
}
