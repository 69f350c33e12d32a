import { IconArrowBarToDown, IconDownload, IconSearch, IconTextWrap } from '@tabler/icons-react'
import type { LogLine } from '@/api/types'
import { useWords } from '@/i18n'
import { saveText } from '@/lib/save'
import pane from '../Pane.module.css'
import type { LevelFilter } from './LogView'
import styles from './LogView.module.css'

const LEVELS: LevelFilter[] = ['all', 'info', 'warn', 'error']

interface Props {
  follow: boolean
  setFollow: (follow: boolean) => void
  wrap: boolean
  setWrap: (wrap: boolean) => void
  level: LevelFilter
  setLevel: (level: LevelFilter) => void
  text: string
  setText: (text: string) => void
  lines: LogLine[]
  name: string
}

export function LogTools(props: Props) {
  const { t } = useWords()
  const { follow, setFollow, wrap, setWrap, level, setLevel, text, setText, lines, name } = props
  const download = () =>
    saveText(
      `${name}.log`,
      lines.map(line => `${line.at} ${line.level.toUpperCase().padEnd(5)} ${line.text}\n`).join(''),
    )
  return (
    <div className={`${pane.tools} ${styles.tools}`}>
      <label className={pane.search}>
        <IconSearch size={14} stroke={1.8} aria-hidden />
        <input
          value={text}
          placeholder={t('log.search')}
          aria-label={t('log.search')}
          onChange={event => setText(event.currentTarget.value)}
        />
      </label>
      <select
        value={level}
        aria-label={t('log.level')}
        onChange={event => setLevel(event.currentTarget.value as LevelFilter)}
      >
        {LEVELS.map(each => (
          <option key={each} value={each}>
            {t(`log.levels.${each}`)}
          </option>
        ))}
      </select>
      <button
        type="button"
        aria-pressed={follow}
        title={t('log.follow')}
        aria-label={t('log.follow')}
        onClick={() => setFollow(!follow)}
      >
        <IconArrowBarToDown size={15} stroke={1.7} />
      </button>
      <button
        type="button"
        aria-pressed={wrap}
        title={t('log.wrap')}
        aria-label={t('log.wrap')}
        onClick={() => setWrap(!wrap)}
      >
        <IconTextWrap size={15} stroke={1.7} />
      </button>
      <button
        type="button"
        title={t('log.download')}
        aria-label={t('log.download')}
        onClick={download}
        disabled={lines.length === 0}
      >
        <IconDownload size={15} stroke={1.7} />
      </button>
    </div>
  )
}
