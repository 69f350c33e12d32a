import { IconCopy } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '@/i18n'
import { copyText } from '@/lib/clipboard'
import { toast } from '@/lib/toast'
import styles from './JsonView.module.css'
import { entriesOf, type JsonPath, pointerOf } from './search'

const SHOWN_AT_FIRST = 100
const OPEN_BY_ITSELF = 20
const LONG_TEXT = 280

interface Props {
  value: unknown
  path: JsonPath
  openAll: boolean | undefined
  forced: Set<string>
  matched: Set<string>
  current: string | undefined
}

export function JsonNode(props: Props) {
  const { value, path, matched, current } = props
  const pointer = pointerOf(path)
  const line = useRef<HTMLDivElement>(null)
  const isCurrent = current === pointer
  useEffect(() => {
    if (isCurrent) line.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  const marks = {
    'data-match': matched.has(pointer) || undefined,
    'data-current': isCurrent || undefined,
  }
  return value !== null && typeof value === 'object' ? (
    <Branch {...props} value={value} pointer={pointer} marks={marks} line={line} />
  ) : (
    <div ref={line} className={styles.line} style={{ paddingLeft: indent(path) }} {...marks}>
      <Key path={path} />
      <Plain value={value} />
      <CopyPath pointer={pointer} />
    </div>
  )
}

interface BranchProps extends Props {
  value: object
  pointer: string
  marks: Record<string, boolean | undefined>
  line: React.RefObject<HTMLDivElement | null>
}

function Branch({ value, path, pointer, openAll, forced, marks, line, ...rest }: BranchProps) {
  const { t } = useWords()
  const entries = entriesOf(value)
  const [open, setOpen] = useState(
    openAll ?? (path.length === 0 || (path.length < 3 && entries.length <= OPEN_BY_ITSELF)),
  )
  const [limit, setLimit] = useState(SHOWN_AT_FIRST)
  const opened = entries.length > 0 && (open || forced.has(pointer))
  const shown = forced.has(pointer) ? Math.max(limit, 2000) : limit
  const [before, after] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const summary = entries.length === 0 ? after : `… ${after}`
  return (
    <div role="treeitem" tabIndex={-1} aria-expanded={opened}>
      <div ref={line} className={styles.line} style={{ paddingLeft: indent(path) }} {...marks}>
        <button
          type="button"
          className={styles.fold}
          disabled={entries.length === 0}
          onClick={() => setOpen(!opened)}
        >
          <span className={styles.caret} data-open={opened || undefined}>
            {entries.length > 0 ? '▸' : ''}
          </span>
          <Key path={path} />
          <span className={styles.bracket}>{opened ? before : `${before}${summary}`}</span>
          {!opened && entries.length > 0 && (
            <span className={styles.count}>{t('json.items', { count: entries.length })}</span>
          )}
        </button>
        <CopyPath pointer={pointer} />
      </div>
      {opened && (
        <>
          {entries.slice(0, shown).map(([key, child]) => (
            <JsonNode
              key={key}
              value={child}
              path={[...path, key]}
              openAll={openAll}
              forced={forced}
              {...rest}
            />
          ))}
          {entries.length > shown && (
            <button
              type="button"
              className={styles.more}
              style={{ marginLeft: indent([...path, 0]) }}
              onClick={() => setLimit(limit + 1000)}
            >
              {t('json.more', { count: entries.length - shown })}
            </button>
          )}
          <div className={styles.line} style={{ paddingLeft: indent(path) + 14 }}>
            <span className={styles.bracket}>{after}</span>
          </div>
        </>
      )}
    </div>
  )
}

const indent = (path: JsonPath) => path.length * 16

function Key({ path }: { path: JsonPath }) {
  const key = path.at(-1)
  if (key === undefined) return null
  return (
    <span className={styles.key} data-index={typeof key === 'number' || undefined}>
      {key}
      <span className={styles.colon}>:</span>
    </span>
  )
}

function Plain({ value }: { value: unknown }) {
  const [whole, setWhole] = useState(false)
  if (typeof value !== 'string') {
    return (
      <span className={styles.plain} data-kind={value === null ? 'null' : typeof value}>
        {String(value)}
      </span>
    )
  }
  const long = value.length > LONG_TEXT && !whole
  return (
    <span className={styles.plain} data-kind="string">
      "{long ? value.slice(0, LONG_TEXT) : value}
      {long && (
        <button type="button" className={styles.more} onClick={() => setWhole(true)}>
          … {value.length.toLocaleString('en-US')}
        </button>
      )}
      "
    </span>
  )
}

function CopyPath({ pointer }: { pointer: string }) {
  const { t } = useWords()
  return (
    <button
      type="button"
      className={styles.copy}
      title={`${t('json.copyPath')} ${pointer || '/'}`}
      aria-label={`${t('json.copyPath')} ${pointer || '/'}`}
      tabIndex={-1}
      onClick={() =>
        void copyText(pointer).then(() =>
          toast({ kind: 'done', text: t('action.copied'), detail: pointer || '/' }),
        )
      }
    >
      <IconCopy size={13} stroke={1.7} />
    </button>
  )
}
