import { Button } from '@mantine/core'
import {
  IconArrowsUpDown,
  IconBroadcast,
  IconEraser,
  IconPlayerStop,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { TaskDetail } from '@/api/types'
import { Confirm } from '@/components/ui/Confirm'
import { useWords } from '@/i18n'
import { canCancel, canRetry, isDue, isFinal } from '@/lib/task/states'
import { useTaskActions } from '../actions/useTaskActions'
import { MoveDialog } from './MoveDialog'
import { SignalDialog } from './SignalDialog'
import styles from './TaskDetail.module.css'

/** Runs of workflows are steered on their own page. */
const WORKFLOW = 'millrace.workflow'

export function TaskButtons({ task, onGone }: { task: TaskDetail; onGone: () => void }) {
  const { t } = useWords()
  const { retry, cancel, discard, remove } = useTaskActions(task.id)
  const [asking, setAsking] = useState(false)
  const [discarding, setDiscarding] = useState(false)
  const [signalling, setSignalling] = useState(false)
  const [moving, setMoving] = useState(false)
  const [removing, setRemoving] = useState(false)
  return (
    <div className={styles.buttons}>
      {canRetry(task.state) && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={15} stroke={1.8} />}
          loading={retry.isPending}
          onClick={() => retry.mutate()}
        >
          {t(
            isDue(task.state)
              ? 'tasks.runNow'
              : task.state === 'dead'
                ? 'tasks.redrive'
                : 'tasks.retry',
          )}
        </Button>
      )}
      {task.state === 'dead' && (
        <Button
          variant="default"
          leftSection={<IconTrash size={15} stroke={1.8} />}
          loading={discard.isPending}
          onClick={() => setDiscarding(true)}
        >
          {t('tasks.discard')}
        </Button>
      )}
      {!isFinal(task.state) && task.type !== WORKFLOW && (
        <Button
          variant="default"
          leftSection={<IconBroadcast size={15} stroke={1.8} />}
          onClick={() => setSignalling(true)}
        >
          {t('task.signal')}
        </Button>
      )}
      {!isFinal(task.state) && task.state !== 'running' && (
        <Button
          variant="default"
          leftSection={<IconArrowsUpDown size={15} stroke={1.8} />}
          onClick={() => setMoving(true)}
        >
          {t('tasks.move')}
        </Button>
      )}
      {moving && <MoveDialog task={task} onClose={() => setMoving(false)} />}
      {isFinal(task.state) && (
        <Button
          variant="default"
          leftSection={<IconEraser size={15} stroke={1.8} />}
          loading={remove.isPending}
          onClick={() => setRemoving(true)}
        >
          {t('tasks.delete')}
        </Button>
      )}
      {signalling && <SignalDialog task={task} onClose={() => setSignalling(false)} />}
      {canCancel(task.state) && (
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={15} stroke={1.8} />}
          loading={cancel.isPending || task.cancelling}
          onClick={() => setAsking(true)}
        >
          {t('tasks.cancel')}
        </Button>
      )}
      <Confirm
        open={asking}
        title={t('tasks.cancelTitle')}
        subject={`${task.type} ${task.id}`}
        text={t('tasks.cancelText')}
        verb={t('tasks.cancel')}
        onClose={() => setAsking(false)}
        onConfirm={() => cancel.mutate()}
      />
      <Confirm
        open={discarding}
        title={t('tasks.discardTitle')}
        subject={`${task.type} ${task.id}`}
        text={t('tasks.discardText')}
        verb={t('tasks.discard')}
        onClose={() => setDiscarding(false)}
        onConfirm={() => discard.mutate()}
      />
      <Confirm
        open={removing}
        title={t('tasks.deleteTitle')}
        subject={`${task.type} ${task.id}`}
        text={t('tasks.deleteText')}
        verb={t('tasks.delete')}
        onClose={() => setRemoving(false)}
        onConfirm={() => remove.mutate(undefined, { onSuccess: onGone })}
      />
    </div>
  )
}
