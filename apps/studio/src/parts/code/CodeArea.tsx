import {
  autocompletion,
  closeBrackets,
  completionKeymap,
  closeBracketsKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { html } from '@codemirror/lang-html'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { styleNonce } from '../../styleNonce.ts'
import { codeColours } from './codeColours.ts'
import classes from './CodeArea.module.css'

/** A problem at its line, from 1. */
export interface CodeProblem {
  line: number
  /** From 1; left out: the whole line. */
  column?: number
  severity: 'error' | 'warning'
  message: string
}

export interface CodeAreaProps {
  value: string
  onChange: (value: string) => void
  /** `other` comes with the extensions. */
  language: 'yaml' | 'html' | 'other'
  /** What it is, for who cannot see it. */
  label: string
  problems?: readonly CodeProblem[]
  isReadOnly?: boolean
  /** More of CodeMirror: completion and the like. Must stay the same. */
  extensions?: Extension
}

const LANGUAGES = {
  yaml,
  html: () => html({ matchClosingTags: true, autoCloseTags: true }),
  other: () => [],
} as const

function diagnosticsOf(state: EditorState, problems: readonly CodeProblem[]): Diagnostic[] {
  return problems.map(({ line, column, severity, message }) => {
    const place = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines))
    const from = Math.min(place.from + (column ?? 1) - 1, place.to)
    return { from, to: place.to, severity, message }
  })
}

/** CodeMirror, loaded by `CodeEditor` only. Escape and then Tab leaves it, as its own documentation asks of a keyboard. */
export function CodeArea(props: CodeAreaProps) {
  const { value, onChange, language, label, problems = [], isReadOnly = false, extensions = [] } = props
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const told = useRef({ onChange })
  told.current = { onChange }
  const editable = useRef(new Compartment())
  useEffect(() => {
    if (!place.current) return undefined
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          EditorView.cspNonce.of(styleNonce()),
          // Without it a text that cannot be written in is not reached by the keyboard.
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorView.lineWrapping,
          lineNumbers(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          autocompletion(),
          highlightSelectionMatches(),
          search({ top: true }),
          lintGutter(),
          syntaxHighlighting(codeColours),
          LANGUAGES[language](),
          keymap.of([
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...searchKeymap,
            ...historyKeymap,
            ...lintKeymap,
            ...defaultKeymap,
          ]),
          editable.current.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) told.current.onChange(update.state.doc.toString())
          }),
          extensions,
        ],
      }),
    })
    view.current = made
    return () => made.destroy()
    // The view lives as long as the place: what comes later is told to it below.
  }, [language, label])
  useEffect(() => {
    const { current } = view
    if (!current || current.state.doc.toString() === value) return
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: value } })
  }, [value])
  useEffect(() => {
    view.current?.dispatch({
      effects: editable.current.reconfigure([
        EditorState.readOnly.of(isReadOnly),
        EditorView.editable.of(!isReadOnly),
      ]),
    })
  }, [isReadOnly])
  useEffect(() => {
    const { current } = view
    if (current) current.dispatch(setDiagnostics(current.state, diagnosticsOf(current.state, problems)))
  }, [problems])
  return <div ref={place} className={classes['area']} data-code={language} />
}
