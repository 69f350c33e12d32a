import { useState } from 'react'
import type { Plan } from '@/api/crew'
import { Figure } from '@/components/ui/Figure'
import { Gantt } from '@/components/ui/graph/Gantt'
import { Graph } from '@/components/ui/graph/Graph'
import { Section } from '@/components/ui/Section'
import { useWords } from '@/i18n'
import { count, duration } from '@/lib/format'
import styles from '../Crew.module.css'
import { useKnownWords } from '../useKnownWords'
import { useSpoken } from '../useSpoken'
import { Marked } from './Marked'
import { PlanStage } from './PlanStage'
import { Reasons } from './Reasons'
import { barsOf, criticalStages } from './shape'

const HOUR = 3_600_000

/** What is to be done, by whom, in which order, and why. */
export function PlanView({ request, plan }: { request: string; plan: Plan }) {
  const { t, language } = useWords()
  const known = useKnownWords()
  const spoken = useSpoken()
  const [chosen, choose] = useState<string | null>(null)
  const critical = criticalStages(plan)
  const stage = plan.stages.find(each => each.name === chosen) ?? plan.stages[0]
  return (
    <>
      <div className={styles.figures}>
        <Figure label={t('crew.complexity')}>{t(`crew.complexities.${plan.complexity}`)}</Figure>
        <Figure label={t('crew.points')}>{plan.points}</Figure>
        <Figure label={t('crew.index')}>{plan.index}</Figure>
        <Figure label={t('crew.domain')}>{known('domains', plan.domain)}</Figure>
        <Figure label={t('crew.tier')}>{t(`crew.tiers.${plan.tier}`)}</Figure>
        <Figure label={t('crew.mode')}>{t(`crew.modes.${plan.mode}`)}</Figure>
        <Figure label={t('crew.priority')}>{plan.priority} / 5</Figure>
        <Figure label={t('crew.estimate')}>{duration(plan.estimateHours * HOUR, language)}</Figure>
        <Figure label={t('crew.thinking')}>{t(`crew.thinkings.${plan.thinking}`)}</Figure>
        <Figure label={t('crew.size')}>
          {t('crew.sizeText', {
            lines: count(plan.size.linesOfCode),
            modules: plan.size.modules,
          })}
        </Figure>
        {plan.history && (
          <Figure label={t('crew.history')}>
            {t('crew.historyText', {
              runs: count(plan.history.executions),
              share: Math.round(plan.history.successRate * 100),
            })}
          </Figure>
        )}
      </div>
      <Marked request={request} plan={plan} />
      <Section title={t('crew.stages')}>
        <Graph
          nodes={plan.stages.map(each => ({
            name: each.name,
            label: spoken(each.name),
            after: each.dependsOn,
            line: each.checks?.atRisk ? (
              <span className={styles.risk}>{t('crew.atRisk')}</span>
            ) : (
              <span className={styles.quiet}>{t(`crew.modes.${each.mode}`)}</span>
            ),
            more: t('workflows.tasksOf', { count: each.tasks.length }),
          }))}
          critical={critical}
          selected={stage?.name ?? null}
          onSelect={choose}
        />
        {stage && <PlanStage plan={plan} stage={stage} />}
      </Section>
      <Section title={t('crew.schedule')}>
        <Gantt
          stages={barsOf(plan).map(bar => ({ ...bar, label: spoken(bar.name) }))}
          critical={critical}
          selected={stage?.name ?? null}
          onSelect={choose}
        />
      </Section>
      <Section title={t('crew.why')}>
        <Reasons plan={plan} />
      </Section>
    </>
  )
}
