import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { TaskDetail } from '@/api/types'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Steps } from '@/components/ui/Steps'
import { useWords } from '@/i18n'
import { isFinal } from '@/lib/task/states'
import { Attempts } from './Attempts'
import { InputDialog } from './InputDialog'
import styles from './TaskDetail.module.css'

const JsonView = lazy(() =>
  import('@/components/ui/json/JsonView').then(module => ({ default: module.JsonView })),
)

/** From what went wrong to what went in: the order in which somebody asks. */
export function DetailSections({ task, children }: { task: TaskDetail; children: ReactNode }) {
  const { t } = useWords()
  const steps = task.steps ?? []
  const [editing, setEditing] = useState(false)
  const tried = task.state === 'running' || (task.attempts ?? []).length > 0
  return (
    <div className={styles.sections}>
      {task.error && <div className={styles.error}>{task.error}</div>}
      {task.errorGroup && (
        <p className={styles.none}>
          <Link to="/errors/$fingerprint" params={{ fingerprint: task.errorGroup }}>
            {t('task.errorGroup')}
          </Link>
        </p>
      )}
      {steps.length > 0 && (
        <Section title={t('task.steps')}>
          <Steps steps={steps} state={task.state} />
        </Section>
      )}
      {tried && (
        <Section title={t('task.attempts')}>
          <Attempts task={task} />
        </Section>
      )}
      <Section title={t('task.log')}>{children}</Section>
      <Payload title={t('task.result')} value={task.result} hide={!isFinal(task.state)}>
        {t('task.noResult')}
      </Payload>
      <Payload
        title={t('task.input')}
        value={task.input}
        actions={
          canEdit(task) && (
            <Button variant="default" size="xs" onClick={() => setEditing(true)}>
              {t('tasks.editInput')}
            </Button>
          )
        }
      >
        {t('task.noInput')}
      </Payload>
      {editing && <InputDialog task={task} onClose={() => setEditing(false)} />}
    </div>
  )
}

/** What waits, unless its input is the server's own. */
const canEdit = ({ state, type }: TaskDetail) =>
  !isFinal(state) && state !== 'running' && type !== 'millrace.workflow'

interface PayloadProps {
  title: string
  actions?: ReactNode
  value: unknown
  hide?: boolean
  children: ReactNode
}

function Payload({ title, value, actions, hide, children }: PayloadProps) {
  const nothing = value === undefined || value === null
  if (nothing && hide) return null
  return (
    <Section title={title} actions={actions}>
      {nothing ? (
        <p className={styles.none}>{children}</p>
      ) : (
        <Suspense fallback={<SkeletonRows rows={4} />}>
          <JsonView value={value} />
        </Suspense>
      )}
    </Section>
  )
}
