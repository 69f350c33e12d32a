import type { ReactNode } from 'react'
import { useWords } from '@/i18n'
import { Section } from '../Section'
import styles from './Run.module.css'

interface Props {
  name: string
  badge: ReactNode
  mode: string
  round: number
  children: ReactNode
}

/** The chosen stage of a run: where it stands, and how often it was begun. */
export function StageSection({ name, badge, mode, round, children }: Props) {
  const { t } = useWords()
  return (
    <Section
      title={
        <span className={styles.stage}>
          {name}
          {badge}
        </span>
      }
      actions={
        <span>
          {mode}
          {round > 1 && ` · ${t('workflows.round', { round })}`}
        </span>
      }
    >
      {children}
    </Section>
  )
}
