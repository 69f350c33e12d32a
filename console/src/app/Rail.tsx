import { Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Logo } from '@/components/ui/Logo'
import { useWords } from '@/i18n'
import { useLiveState } from '@/lib/live'
import { useMedia } from '@/lib/viewport'
import { PARTS, partOf } from './parts'
import styles from './Rail.module.css'

export function Rail({ path }: { path: string }) {
  const { t } = useWords()
  const icons = useMedia('(min-width: 640px) and (max-width: 1099px)')
  const current = partOf(path).key
  const waiting = useLiveState(live => live.overview?.approvals ?? 0)
  const anyDead = useLiveState(live => (live.overview?.counts.dead ?? 0) > 0)

  return (
    <nav className={styles.rail} aria-label={t('frame.parts')}>
      <Link to="/" className={styles.brand} aria-label="Millrace">
        <Logo />
        <span className={styles.word}>Millrace</span>
      </Link>
      <ul className={styles.parts}>
        {PARTS.map(({ key, path: to, icon: Icon }) => (
          <li key={key}>
            <Tooltip label={t(`parts.${key}`)} position="right" disabled={!icons}>
              <Link
                to={to}
                className={styles.part}
                data-current={key === current || undefined}
                aria-current={key === current ? 'page' : undefined}
                aria-label={icons ? t(`parts.${key}`) : undefined}
              >
                <Icon size={18} stroke={1.6} aria-hidden />
                <span className={styles.word}>{t(`parts.${key}`)}</span>
                {key === 'tasks' && anyDead && (
                  <span className={styles.mark} title={t('frame.deadWaiting')} />
                )}
                {key === 'approvals' && waiting > 0 && (
                  <span
                    className={styles.count}
                    role="status"
                    aria-label={t('frame.approvalsWaiting', { count: waiting })}
                  >
                    {waiting > 99 ? '99+' : waiting}
                  </span>
                )}
              </Link>
            </Tooltip>
          </li>
        ))}
      </ul>
    </nav>
  )
}
