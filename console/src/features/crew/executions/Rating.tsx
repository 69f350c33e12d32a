import { IconStar, IconStarFilled } from '@tabler/icons-react'
import type { Execution } from '@/api/crew'
import { rateExecution } from '@/api/crew'
import { useWords } from '@/i18n'
import { useAction } from '@/lib/use-action'
import styles from '../Crew.module.css'

const STARS = [1, 2, 3, 4, 5]

/** How content its user is; estimates and agents learn from it. */
export function Rating({ execution }: { execution: Execution }) {
  const { t } = useWords()
  const act = useAction(['crew', 'executions'])
  const had = execution.satisfaction ?? 0
  return (
    <div className={styles.rating} role="radiogroup" aria-label={t('crew.satisfaction')}>
      <span className={styles.quiet}>{t('crew.satisfaction')}</span>
      {STARS.map(star => (
        <label key={star} data-given={star <= had || undefined}>
          <input
            type="radio"
            name={`rating-${execution.id}`}
            className="sr-only"
            checked={star === had}
            disabled={act.isPending}
            onChange={() =>
              act.mutate({
                does: () => rateExecution(execution.id, star),
                said: t('crew.rated', { stars: star }),
              })
            }
          />
          {star <= had ? <IconStarFilled size={17} /> : <IconStar size={17} stroke={1.6} />}
          <span className="sr-only">{t('crew.stars', { stars: star })}</span>
        </label>
      ))}
    </div>
  )
}
