import { Button } from '@mantine/core'
import { IconPlayerStop, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import type { TaskDetail } from '@/api/types'
import { Confirm } from '@/components/ui/Confirm'
import { useWords } from '@/i18n'
import { canCancel, canRetry, isDue } from '@/lib/task/states'
import { useTaskActions } from '../actions/useTaskActions'
import styles from './TaskDetail.module.css'

export function TaskButtons({ task }: { task: TaskDetail }) {
  const { t } = useWords()
  const { retry, cancel } = useTaskActions(task.id)
  const [asking, setAsking] = useState(false)
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
    </div>
  )
}
