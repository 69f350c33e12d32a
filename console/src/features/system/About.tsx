import { ProblemNote } from '@/components/ui/ProblemNote'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import { duration, UNKNOWN } from '@/lib/format'
import { useNow } from '@/lib/now'
import { useHealth } from '@/lib/use-health'
import { FactList } from './FactList'
import { HealthMark } from './HealthMark'
import styles from './SystemPage.module.css'

export function About() {
  const { t, language } = useWords()
  const now = useNow()
  const { data, error, refetch } = useHealth()
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={6} />
  const up = data.startedAt ? now - Date.parse(data.startedAt) : null
  return (
    <div className={styles.columns}>
      <Section title="Millrace">
        <FactList
          facts={[
            [t('system.version'), data.version ?? UNKNOWN],
            [t('system.started'), <Time key="started" at={data.startedAt} clock />],
            [t('system.uptime'), duration(up, language)],
          ]}
        />
      </Section>
      <Section title={t('system.health')}>
        <FactList
          facts={data.parts.map(part => [
            part.name,
            <HealthMark key={part.name} health={part.state} detail={part.detail} />,
          ])}
        />
      </Section>
      <Section title={t('system.documents')}>
        <div className={styles.links}>
          <a href="/api">{t('system.tryApi')}</a>
          <a href="/openapi.json">{t('system.openapi')}</a>
          <a href="/metrics">{t('system.metrics')}</a>
        </div>
      </Section>
    </div>
  )
}
