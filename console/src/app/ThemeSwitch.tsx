import { Menu } from '@mantine/core'
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { useWords } from '@/i18n'
import { setTheme, useResolvedTheme, useTheme } from '@/lib/theme'
import styles from './Tool.module.css'

const CHOICES = [
  { theme: 'system', icon: IconDeviceDesktop },
  { theme: 'light', icon: IconSun },
  { theme: 'dark', icon: IconMoon },
] as const

export function ThemeSwitch() {
  const { t } = useWords()
  const theme = useTheme()
  const resolved = useResolvedTheme()
  const Current = resolved === 'dark' ? IconMoon : IconSun
  return (
    <Menu position="bottom-end" width={168}>
      <Menu.Target>
        <button type="button" className={styles.tool} aria-label={t('theme.title')}>
          <Current size={17} stroke={1.7} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {CHOICES.map(({ theme: choice, icon: Icon }) => (
          <Menu.Item
            key={choice}
            leftSection={<Icon size={16} stroke={1.6} />}
            rightSection={choice === theme ? <IconCheck size={14} /> : null}
            onClick={() => setTheme(choice)}
          >
            {t(`theme.${choice}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
