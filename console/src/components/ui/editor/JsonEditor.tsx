import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { json, jsonParseLinter } from '@codemirror/lang-json'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language'
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, StateEffect } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  type ViewUpdate,
} from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { FieldProblem } from '@/api/types'
import { rangeOf } from './pointer'
import { editorTheme } from './theme'

const problemsChanged = StateEffect.define<null>()

const hasNews = (update: ViewUpdate) =>
  update.transactions.some(change => change.effects.some(effect => effect.is(problemsChanged)))

interface Props {
  value: string
  onChange: (value: string) => void
  label: string
  problems: FieldProblem[]
  /** A pointer to show; a new object shows it again. */
  target: { pointer: string } | null
  onSubmit: () => void
}

/**
 * A JSON editor that marks what is not JSON, and the places that the server found wrong. It lives
 * in a shadow root: there its styles are constructed sheets, which the content security policy of
 * the page permits.
 */
export function JsonEditor({ value, onChange, label, problems, target, onSubmit }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef({ onChange, onSubmit })
  latest.current = { onChange, onSubmit }
  const first = useRef({ value, label })
  const found = useRef(problems)
  found.current = problems

  useEffect(() => {
    const element = host.current
    if (!element) return
    const submitNow = () => {
      latest.current.onSubmit()
      return true
    }
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: first.current.value,
        extensions: [
          lineNumbers(),
          foldGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          search({ top: true }),
          json(),
          linter(
            diagnose(() => found.current),
            { delay: 300, needsRefresh: hasNews },
          ),
          lintGutter(),
          EditorView.contentAttributes.of({ 'aria-label': first.current.label }),
          EditorView.lineWrapping,
          keymap.of([
            { key: 'Mod-Enter', run: submitNow },
            ...defaultKeymap,
            ...historyKeymap,
            ...foldKeymap,
            ...searchKeymap,
            indentWithTab,
          ]),
          EditorView.updateListener.of(update => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString())
          }),
          editorTheme,
        ],
      }),
    })
    view.current = editor
    return () => {
      editor.destroy()
      view.current = null
    }
  }, [])

  useEffect(() => {
    const editor = view.current
    if (editor && editor.state.doc.toString() !== value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
    }
  }, [value])

  useEffect(() => {
    if (problems) view.current?.dispatch({ effects: problemsChanged.of(null) })
  }, [problems])

  useEffect(() => {
    const editor = view.current
    if (!editor || !target) return
    const range = rangeOf(editor.state.doc.toString(), target.pointer)
    if (!range) return
    editor.dispatch({
      selection: { anchor: range.from, head: range.to },
      effects: EditorView.scrollIntoView(range.from, { y: 'center' }),
    })
    editor.focus()
  }, [target])

  return <div ref={host} style={{ height: '100%' }} data-testid="recipe-editor" />
}

/** What is no JSON; if all is, what the server found wrong, at the places where it stands now. */
function diagnose(problems: () => FieldProblem[]) {
  const parse = jsonParseLinter()
  return (view: EditorView): Diagnostic[] => {
    const broken = parse(view)
    if (broken.length > 0) return broken
    const text = view.state.doc.toString()
    return problems().flatMap(problem => marked(text, problem))
  }
}

function marked(text: string, problem: FieldProblem): Diagnostic[] {
  const range = rangeOf(text, problem.pointer)
  return range ? [{ ...range, severity: 'error', message: problem.detail }] : []
}
