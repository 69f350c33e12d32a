import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { Page } from '@/components/ui/Page'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Tabs } from '@/components/ui/Tabs'
import { useWords } from '@/i18n'
import { Definitions } from './Definitions'
import { RunList } from './RunList'
import styles from './Workflows.module.css'

const DefineDialog = lazy(() =>
  import('./DefineDialog').then(module => ({ default: module.DefineDialog })),
)

/** Runs of workflows, and the definitions that they follow. */
export function WorkflowsPage() {
  const { t } = useWords()
  const navigate = useNavigate()
  const search = useSearch({ from: '/workflows' })
  const [defining, setDefining] = useState(false)
  const tab = search.tab === 'definitions' ? 'definitions' : 'runs'
  return (
    <Page
      title={t('parts.workflows')}
      actions={
        <Button
          variant={tab === 'runs' ? 'default' : undefined}
          leftSection={<IconPlus size={16} stroke={2} />}
          onClick={() => setDefining(true)}
        >
          {t('workflows.define')}
        </Button>
      }
    >
      <Tabs
        tabs={[
          { key: 'runs', label: t('workflows.runs') },
          { key: 'definitions', label: t('workflows.definitions') },
        ]}
        current={tab}
        onChange={key =>
          void navigate({ to: '/workflows', search: { tab: key === 'runs' ? undefined : key } })
        }
      />
      <div className={styles.work}>{tab === 'runs' ? <RunList /> : <Definitions />}</div>
      {defining && (
        <Suspense fallback={<SkeletonRows rows={2} />}>
          <DefineDialog onClose={() => setDefining(false)} />
        </Suspense>
      )}
    </Page>
  )
}
