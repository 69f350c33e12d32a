import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import type { TaskDetail } from '@/api/types'
import { useWords } from '@/i18n'
import { count, shortId } from '@/lib/format'
import styles from './TaskDetail.module.css'

/** The tasks around a task: whose child it is, what it waits for, what waits for it. */
export function Relatives({ task }: { task: TaskDetail }) {
  const { t } = useWords()
  const { parent, before = [], after = [], children = [], batch } = task
  const waits = waitsFor(task.waitsFor)
  return (
    <>
      {waits?.kind === 'signal' && (
        <Row name={t('task.waitsFor')}>{t('task.forSignal', { name: waits.what })}</Row>
      )}
      {waits?.kind === 'batch' && (
        <Row name={t('task.waitsFor')}>
          <Link to="/batches/$id" params={{ id: waits.what }}>
            {t('task.forChildren')}
          </Link>
        </Row>
      )}
      {waits?.kind === 'limit' && (
        <Row name={t('task.waitsFor')}>
          <Link to="/queues" search={{ tab: 'limits' }}>
            {t('task.forLimit', { name: waits.what })}
          </Link>
        </Row>
      )}
      {waits?.kind === 'task' && <Tasks name={t('task.forEnd')} ids={[waits.what]} />}
      {waits?.kind === 'news' && <Row name={t('task.waitsFor')}>{t('task.forNews')}</Row>}
      {before.length > 0 && <Tasks name={t('task.before')} ids={before} />}
      {after.length > 0 && <Tasks name={t('task.after')} ids={after} />}
      {parent && (
        <Row name={t(parent.workflow ? 'task.workflow' : 'task.parent')}>
          {parent.workflow ? (
            <Link to="/workflows/$id" params={{ id: parent.id }}>
              {parent.name} · <span className="mono">{shortId(parent.id)}</span>
            </Link>
          ) : (
            <Link to="/tasks/$id" params={{ id: parent.id }}>
              {parent.type ?? ''} <span className="mono">{shortId(parent.id)}</span>
            </Link>
          )}
        </Row>
      )}
      {batch && (
        <Row name={t('task.batch')}>
          <Link to="/batches/$id" params={{ id: batch }}>
            {parent?.name ?? shortId(batch)}
          </Link>
        </Row>
      )}
      {task.type === 'millrace.workflow' && (
        <Row name={t('task.workflow')}>
          <Link to="/workflows/$id" params={{ id: task.id }}>
            {t('task.openRun')}
          </Link>
        </Row>
      )}
      {children.length > 0 && (
        <Row name={t('task.children')}>
          {children.map((each, index) => (
            <Fragment key={each.id}>
              {index > 0 && ', '}
              <Link to="/batches/$id" params={{ id: each.id }}>
                {each.name} {count(each.total - each.open)} / {count(each.total)}
              </Link>
            </Fragment>
          ))}
        </Row>
      )}
    </>
  )
}

/** `signal paid` as its two parts. */
export function waitsFor(text: string | null): { kind: string; what: string } | null {
  if (!text) return null
  const [kind = '', ...rest] = text.split(' ')
  return { kind, what: rest.join(' ') }
}

function Tasks({ name, ids }: { name: string; ids: string[] }) {
  return (
    <Row name={name}>
      {ids.map((id, index) => (
        <Fragment key={id}>
          {index > 0 && ', '}
          <Link to="/tasks/$id" params={{ id }} className="mono">
            {shortId(id)}
          </Link>
        </Fragment>
      ))}
    </Row>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.relative}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
