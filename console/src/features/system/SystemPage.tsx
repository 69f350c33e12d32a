import { Button } from '@mantine/core'
import { IconDatabaseExport } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { Page } from '@/components/ui/Page'
import { Tabs } from '@/components/ui/Tabs'
import { useWords } from '@/i18n'
import { About } from './About'
import { BackupDialog } from './BackupDialog'
import { Configuration } from './Configuration'
import { Followers } from './Followers'
import { Statements } from './Statements'
import { StoreFacts } from './StoreFacts'
import { StoreFigures } from './StoreFigures'
import { Webhooks } from './webhooks/Webhooks'

const TABS = ['store', 'statements', 'followers', 'webhooks', 'config', 'about'] as const
type Tab = (typeof TABS)[number]

const CONTENT: Record<Tab, () => React.ReactNode> = {
  store: StoreFacts,
  statements: Statements,
  followers: Followers,
  webhooks: Webhooks,
  config: Configuration,
  about: About,
}

export function SystemPage() {
  const { t } = useWords()
  const navigate = useNavigate()
  const search = useSearch({ from: '/system' })
  const tab = TABS.find(each => each === search.tab) ?? 'store'
  const [backup, setBackup] = useState(false)
  const Content = CONTENT[tab]
  return (
    <Page
      title={t('parts.system')}
      figures={<StoreFigures />}
      actions={
        <Button
          variant="default"
          leftSection={<IconDatabaseExport size={16} stroke={1.7} />}
          onClick={() => setBackup(true)}
        >
          {t('system.backup')}
        </Button>
      }
    >
      <Tabs
        tabs={TABS.map(key => ({ key, label: t(`system.tabs.${key}`) }))}
        current={tab}
        onChange={key =>
          void navigate({ to: '/system', search: key === 'store' ? {} : { tab: key } })
        }
      />
      <Content />
      <BackupDialog open={backup} onClose={() => setBackup(false)} />
    </Page>
  )
}
