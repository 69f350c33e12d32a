import { itemsOf, listPools, type Pool } from '@/api/limits'
import { useWords } from '@/i18n'
import { count, percent } from '@/lib/format'
import { usePushed } from '@/lib/use-pushed'
import styles from '../Crew.module.css'

/** How busy what runs handlers is now: the pool as a whole, and each of its workers. */
export function PoolBars() {
  const { t } = useWords()
  const { data } = usePushed({
    key: ['pools'],
    topic: 'pools',
    fetch: listPools,
    read: itemsOf<Pool>,
  })
  if (!data) return null
  return (
    <div className={styles.countRow}>
      {data.map(pool => (
        <div key={pool.name} className={styles.counts}>
          <h3>{pool.name === 'cpu' ? t('crew.pools.cpu') : t('crew.pools.io')}</h3>
          <p className={styles.quiet}>
            {t('crew.poolText', {
              running: count(pool.running),
              size: count(pool.size),
              started: count(pool.started),
            })}
          </p>
          <ul>
            {pool.workers.map(worker => (
              <li key={worker.number} className={styles.rate}>
                <span className={styles.countName}>
                  {t('crew.worker', { number: worker.number })}
                </span>
                <span className={styles.workBar} aria-hidden>
                  <i style={{ width: `${worker.atWork * 100}%` }} />
                </span>
                <span className={styles.countNumber}>{percent(worker.atWork)}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}
