import { IconAdjustmentsOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { listSettings } from '@/api/config'
import type { Setting } from '@/api/system-types'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SearchBox } from '@/components/ui/SearchBox'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import styles from './Configuration.module.css'
import page from './SystemPage.module.css'
import { SETTING_WORDS } from './setting-words'

const BY_DEFAULT = 'default'

/** What is in effect, and where each value was set. */
export function Configuration() {
  const { t } = useWords()
  const [text, setText] = useState('')
  const [changed, setChanged] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['config'],
    queryFn: ({ signal }) => listSettings(signal),
  })
  const columns = useColumns()
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={12} height={44} />
  const wanted = text.trim().toLowerCase()
  const rows = data.filter(
    ({ key, value, source, doc }) =>
      (!changed || source !== BY_DEFAULT) &&
      `${key} ${value} ${doc} ${SETTING_WORDS[key] ?? ''}`.toLowerCase().includes(wanted),
  )
  return (
    <div>
      <p className={page.hint}>{t('system.configHint')}</p>
      <div className={styles.tools}>
        <SearchBox value={text} placeholder={t('system.configFilter')} onChange={setText} />
        <button
          type="button"
          className={page.chip}
          aria-pressed={changed}
          onClick={() => setChanged(!changed)}
        >
          {t('system.configChanged')}
        </button>
      </div>
      {rows.length === 0 ? (
        <Empty icon={IconAdjustmentsOff} title={t('system.noSetting')} />
      ) : (
        <DataTable rows={rows} columns={columns} keyOf={setting => setting.key} />
      )}
    </div>
  )
}

function useColumns(): Column<Setting>[] {
  const { t } = useWords()
  return useMemo<Column<Setting>[]>(
    () => [
      {
        key: 'key',
        title: t('system.setting'),
        phoneWidth: '58%',
        value: setting => setting.key,
        cell: setting => (
          <div className={styles.setting}>
            <code title={`${setting.key}\n${setting.variable}`}>{setting.key}</code>
            <Doc setting={setting} />
          </div>
        ),
      },
      {
        key: 'value',
        title: t('system.value'),
        width: '26%',
        value: setting => setting.value,
        cell: setting => <Value setting={setting} />,
      },
      {
        key: 'source',
        title: t('system.source'),
        width: '20%',
        rank: 'second',
        value: setting => setting.source,
        cell: setting =>
          setting.source === BY_DEFAULT ? (
            <span className={page.muted}>{t('system.defaultSource')}</span>
          ) : (
            <code className={styles.source} title={setting.source}>
              {setting.source}
            </code>
          ),
      },
    ],
    [t],
  )
}

/** In Chinese where we know the setting, else in the words of millrace.yaml. */
function Doc({ setting }: { setting: Setting }) {
  const { language } = useWords()
  const own = language === 'zh' ? SETTING_WORDS[setting.key] : undefined
  return own ? <span>{own}</span> : <span lang="en">{setting.doc}</span>
}

function Value({ setting }: { setting: Setting }) {
  const { t } = useWords()
  const changed = setting.source !== BY_DEFAULT && !setting.secret
  const nothing = <span className={page.muted}>{t('system.nothing')}</span>
  return (
    <div className={styles.value}>
      {setting.value ? <code title={setting.value}>{setting.value}</code> : nothing}
      {changed && (
        <span>
          {t('system.defaultValue', { value: setting.defaultValue || t('system.nothing') })}
        </span>
      )}
    </div>
  )
}
