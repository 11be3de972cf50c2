import type { CompletionContext } from '@codemirror/autocomplete'
import { html } from '@codemirror/lang-html'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, ViewPlugin } from '@codemirror/view'
import { Button, Group, Text } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { memo, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeArea, type CodeProblem } from '../../../parts/code/CodeArea.tsx'
import type { PickImage } from '../../images/pickImage.ts'
import type { TemplateProblem } from '../parts/useTemplateProblems.ts'
import { liquidCompletion } from './liquidCompletion.ts'
import { mjmlTags } from './mjmlTags.ts'
import classes from './CodeView.module.css'

/** What is wrong at a line of the MJML, as far as one is known. */
const codeProblems = (problems: readonly TemplateProblem[]): CodeProblem[] =>
  problems.flatMap(({ severity, message, place: { line } }) =>
    line === undefined ? [] : [{ line, severity, message }],
  )

const quoted = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

interface CodeViewProps {
  mjml: string
  onChange: (mjml: string) => void
  /** Of the template's strings: what `{{ '…' | t }}` may name. */
  keys: readonly string[]
  problems: readonly TemplateProblem[]
  isReadOnly: boolean
  /** A line to go to; `at` tells one wish from the next. */
  jump: { line: number; at: number } | undefined
  pickImage: PickImage | undefined
}

/** The MJML of a template. CodeMirror takes back what was typed here; the page takes back the rest. */
export const CodeView = memo(function CodeView(props: CodeViewProps) {
  const { mjml, onChange, keys, problems, isReadOnly, jump, pickImage } = props
  const { t } = useTranslation('template')
  const view = useRef<EditorView>(null)
  const known = useRef(keys)
  known.current = keys
  const extensions = useMemo<Extension>(() => {
    // CodeMirror knows what it waits for by the source itself: it has to stay the same.
    const completion = {
      autocomplete: (context: CompletionContext) => liquidCompletion(context, known.current),
    }
    return [
      html({ matchClosingTags: true, autoCloseTags: true, selfClosingTags: true, extraTags: mjmlTags() }),
      EditorState.languageData.of(() => [completion]),
      ViewPlugin.define((made) => {
        view.current = made
        return {
          destroy: () => {
            if (view.current === made) view.current = null
          },
        }
      }),
    ]
  }, [])
  const marked = useMemo(() => codeProblems(problems), [problems])
  useEffect(() => {
    const { current } = view
    if (!current || !jump) return
    const { from } = current.state.doc.line(Math.min(Math.max(jump.line, 1), current.state.doc.lines))
    current.dispatch({
      selection: { anchor: from },
      effects: EditorView.scrollIntoView(from, { y: 'center' }),
    })
    current.focus()
  }, [jump])
  const insertImage = async () => {
    const image = await pickImage?.()
    const { current } = view
    if (!current || !image) return
    const width = image.width === undefined ? '' : ` width="${Math.min(image.width, 600)}px"`
    const insert = `<mj-image src="${quoted(image.url)}" alt="${quoted(image.alt)}"${width} />`
    current.dispatch(current.state.replaceSelection(insert))
    current.focus()
  }
  return (
    <>
      <Group justify="space-between" mb="xs" gap="xs">
        <Text size="xs" c="dimmed">
          {t('code.text')}
        </Text>
        {pickImage && !isReadOnly ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPhoto size={14} stroke={1.6} aria-hidden />}
            onClick={() => void insertImage()}
          >
            {t('code.image')}
          </Button>
        ) : null}
      </Group>
      <div className={classes.code}>
        <CodeArea
          value={mjml}
          onChange={onChange}
          language="other"
          label={t('code.label')}
          problems={marked}
          isReadOnly={isReadOnly}
          extensions={extensions}
        />
      </div>
    </>
  )
})
