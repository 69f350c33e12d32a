import { Outlet, useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useWords } from '@/i18n'
import { useHotkeys } from '@/lib/hotkeys'
import styles from './Frame.module.css'
import { LostBanner } from './LostBanner'
import { Rail } from './Rail'
import { TopBar } from './TopBar'

const CommandPalette = lazy(() =>
  import('./palette/CommandPalette').then(module => ({ default: module.CommandPalette })),
)

export function Frame() {
  const { t } = useWords()
  const path = useLocation({ select: location => location.pathname })
  const [palette, setPalette] = useState({ open: false, used: false })
  const openPalette = () => setPalette({ open: true, used: true })

  useHotkeys({
    'mod+k': event => {
      event.preventDefault()
      setPalette(state => ({ open: !state.open, used: true }))
    },
  })

  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#main">
        {t('frame.skip')}
      </a>
      <Rail path={path} />
      <div className={styles.body}>
        <TopBar path={path} onSearch={openPalette} />
        <LostBanner />
        <main id="main" className={styles.main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      {palette.used && (
        <Suspense>
          <CommandPalette
            open={palette.open}
            onClose={() => setPalette({ open: false, used: true })}
          />
        </Suspense>
      )}
    </div>
  )
}
