import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { removeTemplate, type Template } from '@/api/crew'
import { Confirm } from '@/components/ui/Confirm'
import { Graph } from '@/components/ui/graph/Graph'
import { useWords } from '@/i18n'
import { useAction } from '@/lib/use-action'
import styles from '../Crew.module.css'
import { Rules } from '../Rules'
import { useSpoken } from '../useSpoken'

interface Props {
  template: Template
  onEdit: () => void
}

export function TemplateDetail({ template, onEdit }: Props) {
  const { t } = useWords()
  const spoken = useSpoken()
  const [chosen, choose] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const phase = template.phases.find(each => each.name === chosen) ?? template.phases[0]
  const remove = useAction(['crew', 'templates'])
  return (
    <div className={styles.detail}>
      <Graph
        nodes={template.phases.map(each => ({
          name: each.name,
          label: spoken(each.name),
          after: each.dependsOn ?? [],
          line: (
            <span className={styles.quiet}>
              {t(`crew.modes.${each.mode ?? (each.parallel ? 'parallel' : 'sequential')}`)}
            </span>
          ),
          more: t('workflows.tasksOf', { count: each.agents.length }),
        }))}
        selected={phase?.name ?? null}
        onSelect={choose}
      />
      {phase && (
        <p className={styles.phase}>
          <b className={styles.strong}>{spoken(phase.name)}</b>: {phase.agents.join(', ')}{' '}
          {phase.entry && (
            <>
              · {t('crew.entryGate')} <Rules rules={phase.entry} />
            </>
          )}
          {phase.process && (
            <>
              · {t('crew.processGate')} <Rules rules={phase.process.rules} />
            </>
          )}
          {phase.syncPoint && (
            <>
              · {spoken(phase.syncPoint.name)} <Rules rules={phase.syncPoint.criteria} />
            </>
          )}
          {phase.gate && (
            <>
              · {t('crew.gate')} <Rules rules={phase.gate} />
            </>
          )}
          {(phase.retries ?? 0) > 0 && (
            <> · {t('crew.gateMayRetry', { count: phase.retries ?? 0 })}</>
          )}
        </p>
      )}
      <p className={styles.barActions}>
        <Link to="/crew" search={{ template: template.id }} className={styles.link}>
          {t('crew.planWith')}
        </Link>
        <Button size="compact-sm" variant="default" onClick={onEdit}>
          {t(template.builtIn ? 'crew.copyTemplate' : 'crew.edit')}
        </Button>
        {!template.builtIn && (
          <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
            {t('crew.remove')}
          </Button>
        )}
      </p>
      <Confirm
        open={asking}
        title={t('crew.removeTemplate')}
        subject={template.id}
        text={t('crew.removeTemplateText')}
        verb={t('crew.remove')}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          remove.mutate({
            does: () => removeTemplate(template.id),
            said: t('crew.templateRemoved', { id: template.id }),
          })
        }
      />
    </div>
  )
}
