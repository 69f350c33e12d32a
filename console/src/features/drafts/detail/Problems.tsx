import type { FieldProblem } from '@/api/types'
import { Section } from '@/components/ui/Section'
import { useWords } from '@/i18n'
import styles from '../DraftPage.module.css'

interface Props {
  problems: FieldProblem[]
  /** Things that went another way than the recipe says, and did no harm. */
  notes: FieldProblem[]
  error: string | null
}

export function Problems({ problems, notes, error }: Props) {
  const { t } = useWords()
  const items = [
    ...problems.map(problem => ({ ...problem, tone: 'dead' })),
    ...notes.map(note => ({ ...note, tone: 'retrying' })),
  ]
  if (items.length === 0 && !error) return null
  return (
    <Section title={t('drafts.problems')}>
      <ul className={styles.items}>
        {items.length === 0 && error && <li data-tone="dead">{error}</li>}
        {items.map(item => (
          <li key={`${item.pointer} ${item.detail}`}>
            <code>{item.pointer}</code>
            <span data-tone={item.tone}>{item.detail}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
