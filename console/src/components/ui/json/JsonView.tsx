import { IconChevronsDown, IconChevronsUp, IconCopy, IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useWords } from '@/i18n'
import { copyText } from '@/lib/clipboard'
import { toast } from '@/lib/toast'
import pane from '../Pane.module.css'
import { JsonNode } from './JsonNode'
import styles from './JsonView.module.css'
import { ancestorsOf, findMatches } from './search'

interface Props {
  value: unknown
}

/** A payload to read: folding, search, copy of a path or of the whole. */
export function JsonView({ value }: Props) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const [fold, setFold] = useState({ open: undefined as boolean | undefined, version: 0 })
  const matches = useMemo(() => findMatches(value, text), [value, text])
  const current = matches.length ? matches[at % matches.length] : undefined
  const forced = useMemo(() => new Set(matches.slice(0, 100).flatMap(ancestorsOf)), [matches])
  const matched = useMemo(() => new Set(matches), [matches])
  if (current) for (const pointer of ancestorsOf(current)) forced.add(pointer)

  const setAll = (open: boolean) => setFold({ open, version: fold.version + 1 })
  const copyAll = () =>
    void copyText(JSON.stringify(value, null, 2)).then(() =>
      toast({ kind: 'done', text: t('action.copied') }),
    )

  return (
    <div className={pane.pane}>
      <div className={pane.tools}>
        <label className={pane.search}>
          <IconSearch size={14} stroke={1.8} aria-hidden />
          <input
            value={text}
            placeholder={t('json.search')}
            aria-label={t('json.search')}
            onChange={event => {
              setText(event.currentTarget.value)
              setAt(0)
            }}
            onKeyDown={event => {
              if (event.key === 'Enter') setAt(at + (event.shiftKey ? matches.length - 1 : 1))
            }}
          />
          {text && (
            <span className={styles.hits}>
              {matches.length
                ? `${(at % matches.length) + 1}/${matches.length}`
                : t('json.noMatch')}
            </span>
          )}
        </label>
        <button
          type="button"
          onClick={() => setAll(true)}
          title={t('json.expand')}
          aria-label={t('json.expand')}
        >
          <IconChevronsDown size={15} stroke={1.7} />
        </button>
        <button
          type="button"
          onClick={() => setAll(false)}
          title={t('json.collapse')}
          aria-label={t('json.collapse')}
        >
          <IconChevronsUp size={15} stroke={1.7} />
        </button>
        <button
          type="button"
          onClick={copyAll}
          title={t('json.copyAll')}
          aria-label={t('json.copyAll')}
        >
          <IconCopy size={15} stroke={1.7} />
        </button>
      </div>
      <div className={styles.tree} role="tree">
        <JsonNode
          key={fold.version}
          value={value}
          path={[]}
          openAll={fold.open}
          forced={forced}
          matched={matched}
          current={current}
        />
      </div>
    </div>
  )
}
