import { Button } from '@mantine/core'
import { IconFolders, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState } from 'react'
import { listWorkspaces, type Workspace } from '@/api/crew'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count } from '@/lib/format'
import styles from '../Crew.module.css'
import { CrewBadge } from '../CrewBadge'

const WorkspaceDialog = lazy(() =>
  import('./WorkspaceDialog').then(module => ({ default: module.WorkspaceDialog })),
)

/** Folders, branches and ports that the programs of several runs share. */
export function WorkspacesTab() {
  const { t } = useWords()
  const [editing, setEditing] = useState<Workspace | 'new' | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ['crew', 'workspaces'],
    queryFn: ({ signal }) => listWorkspaces(signal),
  })
  const columns = useMemo<Column<Workspace>[]>(
    () => [
      {
        key: 'name',
        title: t('crew.workspace'),
        value: each => each.name,
        cell: each => (
          <span className={styles.job}>
            <span className={styles.name}>{each.name}</span>
            <span className={styles.quiet} title={each.note}>
              {t(`crew.workspaceKinds.${each.kind}`)}
              {each.note && ` · ${each.note}`}
            </span>
          </span>
        ),
      },
      {
        key: 'status',
        title: t('crew.status'),
        width: '112px',
        phoneWidth: '96px',
        value: each => each.status,
        cell: each => <CrewBadge state={each.status} />,
      },
      {
        key: 'branch',
        title: t('crew.branch'),
        width: '26%',
        rank: 'second',
        value: each => each.branch,
        cell: each => (
          <code className="mono" title={each.branch}>
            {each.branch}
          </code>
        ),
      },
      {
        key: 'port',
        title: t('crew.port'),
        width: '76px',
        phoneWidth: '60px',
        align: 'end',
        value: each => each.port,
        cell: each => each.port,
      },
      {
        key: 'runs',
        title: t('crew.tabs.runs'),
        width: '76px',
        align: 'end',
        rank: 'second',
        value: each => each.runs,
        cell: each => count(each.runs),
      },
      {
        key: 'used',
        title: t('crew.lastUsed'),
        width: '112px',
        align: 'end',
        rank: 'second',
        value: each => each.usedAt ?? '',
        cell: each => (each.usedAt ? <Time at={each.usedAt} /> : '–'),
      },
    ],
    [t],
  )
  const add = (
    <Button leftSection={<IconPlus size={15} stroke={2} />} onClick={() => setEditing('new')}>
      {t('crew.newWorkspace')}
    </Button>
  )
  return (
    <>
      <div className={styles.bar}>
        <p className={styles.quiet}>{t('crew.workspacesText')}</p>
        {data && data.length > 0 && <span className={styles.barActions}>{add}</span>}
      </div>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={4} height={38} />}
      {data?.length === 0 && (
        <Empty
          icon={IconFolders}
          title={t('crew.noWorkspaces')}
          detail={t('crew.noWorkspacesDetail')}
        >
          {add}
        </Empty>
      )}
      {data && data.length > 0 && (
        <DataTable
          rows={data}
          columns={columns}
          keyOf={each => each.name}
          onOpen={each => setEditing(each)}
        />
      )}
      {editing && (
        <Suspense fallback={null}>
          <WorkspaceDialog
            workspace={editing === 'new' ? undefined : editing}
            onClose={() => setEditing(null)}
          />
        </Suspense>
      )}
    </>
  )
}
