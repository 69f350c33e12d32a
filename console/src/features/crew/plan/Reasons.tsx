import { useMemo } from 'react'
import type { Match, Plan } from '@/api/crew'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'

const PARTS = ['complexity', 'index', 'domain', 'priority', 'tier', 'size', 'duration'] as const

interface Reason extends Match {
  decision: 'roles' | (typeof PARTS)[number]
}

/** For each decision the rule and the text behind it. */
export function Reasons({ plan }: { plan: Plan }) {
  const { t } = useWords()
  const reasons: Reason[] = [
    ...plan.why.map(match => ({ ...match, decision: 'roles' as const })),
    ...PARTS.flatMap(part => plan.because[part].map(match => ({ ...match, decision: part }))),
  ]
  const columns = useMemo<Column<Reason>[]>(
    () => [
      {
        key: 'decision',
        title: t('crew.colDecision'),
        width: '110px',
        phoneWidth: '84px',
        cell: reason => t(`crew.because.${reason.decision}`),
      },
      {
        key: 'matched',
        title: t('crew.colMatched'),
        width: '22%',
        cell: reason => <b className={styles.strong}>{reason.matched || '–'}</b>,
      },
      {
        key: 'rule',
        title: t('crew.colRule'),
        width: '22%',
        rank: 'second',
        cell: reason => <code className="mono">{reason.rule}</code>,
      },
      {
        key: 'effect',
        title: t('crew.colEffect'),
        cell: reason => <span title={reason.effect}>{reason.effect}</span>,
      },
    ],
    [t],
  )
  if (reasons.length === 0) return <p className={styles.quiet}>{t('crew.noReason')}</p>
  return (
    <DataTable
      rows={reasons}
      columns={columns}
      keyOf={reason => `${reason.decision} ${reason.rule} ${reason.at} ${reason.matched}`}
    />
  )
}
