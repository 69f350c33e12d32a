import { useMemo } from 'react'
import type { Agent } from '@/api/crew'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count, duration } from '@/lib/format'
import styles from '../Crew.module.css'
import { useKnownWords } from '../useKnownWords'

interface Props {
  rows: Agent[]
  onEdit: (agent: Agent) => void
}

export function AgentTable({ rows, onEdit }: Props) {
  const { t, language } = useWords()
  const known = useKnownWords()
  const columns = useMemo<Column<Agent>[]>(
    () => [
      {
        key: 'name',
        title: t('crew.colAgent'),
        value: agent => agent.name,
        cell: agent => (
          <span className={styles.job}>
            <button type="button" className={styles.linkButton} onClick={() => onEdit(agent)}>
              {agent.name}
            </button>
            <span className={styles.quiet} title={agent.skills.join(', ')}>
              {agent.skills.join(', ')}
            </span>
          </span>
        ),
      },
      {
        key: 'domain',
        title: t('crew.domain'),
        width: '130px',
        phoneWidth: '96px',
        value: agent => agent.domain,
        cell: agent => known('agentDomains', agent.domain),
      },
      {
        key: 'executor',
        title: t('crew.colBy'),
        width: '100px',
        rank: 'second',
        value: agent => agent.executor.kind ?? 'person',
        cell: agent => t(`crew.executorKinds.${agent.executor.kind ?? 'person'}`),
      },
      {
        key: 'complexity',
        title: t('crew.complexity'),
        width: '84px',
        align: 'end',
        rank: 'second',
        value: agent => agent.complexityScore,
        cell: agent => agent.complexityScore,
      },
      {
        key: 'performance',
        title: t('crew.performance'),
        width: '84px',
        align: 'end',
        rank: 'second',
        value: agent => agent.learned?.performance ?? agent.performance,
        cell: agent => (
          <span
            title={
              agent.learned
                ? t('crew.learnedText', {
                    said: agent.performance,
                    executions: count(agent.learned.executions),
                  })
                : undefined
            }
          >
            {agent.learned?.performance ?? agent.performance} %
          </span>
        ),
      },
      {
        key: 'takes',
        title: t('crew.meanWork'),
        width: '92px',
        align: 'end',
        rank: 'third',
        value: agent => agent.learned?.meanSeconds ?? -1,
        cell: agent =>
          agent.learned?.meanSeconds == null
            ? '–'
            : duration(agent.learned.meanSeconds * 1000, language),
      },
      {
        key: 'availability',
        title: t('crew.availability'),
        width: '84px',
        align: 'end',
        rank: 'second',
        value: agent => agent.availability,
        cell: agent => `${agent.availability} %`,
      },
      {
        key: 'usage',
        title: t('crew.usage'),
        width: '72px',
        phoneWidth: '56px',
        align: 'end',
        value: agent => agent.usage,
        cell: agent => count(agent.usage),
      },
      {
        key: 'last',
        title: t('crew.lastUsed'),
        width: '112px',
        align: 'end',
        rank: 'second',
        value: agent => agent.lastUsed ?? '',
        cell: agent => <Time at={agent.lastUsed} />,
      },
    ],
    [t, language, known, onEdit],
  )
  return (
    <DataTable
      rows={rows}
      columns={columns}
      keyOf={agent => agent.name}
      sortBy={{ key: 'name', descending: false }}
    />
  )
}
