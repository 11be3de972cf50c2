import { readJourneyText, writeJourneyText } from '@ciclo/journeys/text'
import { Alert, Stack, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeEditor } from '../../../parts/code/CodeEditor.tsx'
import type { CodeProblem } from '../../../parts/code/CodeArea.tsx'
import { useJourneyEditing, type JourneyProblem } from '../journeyEditing.ts'

const NO_PROBLEMS: readonly JourneyProblem[] = []

/** The journey as its file. What is typed is drawn as soon as it can be read; what is drawn is written. */
export function CodePanel() {
  const { t } = useTranslation('journey')
  const { id, definition, edit, problems = NO_PROBLEMS, isReadOnly } = useJourneyEditing()
  const drawn = JSON.stringify(definition)
  // What was typed stands as it was typed for as long as it says what is drawn.
  const [typed, setTyped] = useState<{ text: string; of: string }>()
  const isOwn = typed?.of === drawn
  const text = useMemo(() => writeJourneyText(definition), [definition])
  const shown = isOwn ? typed.text : text
  const read = useMemo(() => readJourneyText(shown), [shown])
  const foreign = 'journey' in read && read.journey.id !== id
  const told = useMemo((): readonly CodeProblem[] => {
    if ('problems' in read)
      return read.problems.map(({ line, column, message, path }) => ({
        line,
        column,
        severity: 'error',
        message: path.length > 0 ? `${path.join('.')}: ${message}` : message,
      }))
    return problems.map(({ path, severity, message }) => ({ ...read.placeOf(path), severity, message }))
  }, [read, problems])
  const change = (next: string) => {
    if (next === shown) return
    const parsed = readJourneyText(next)
    if ('problems' in parsed || parsed.journey.id !== id) {
      setTyped({ text: next, of: drawn })
      return
    }
    setTyped({ text: next, of: JSON.stringify(parsed.journey) })
    edit(parsed.journey, 'code')
  }
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {t('code.text')}
      </Text>
      {'problems' in read || foreign ? (
        <Alert color="orange" role="status">
          <Text size="sm">{foreign ? t('code.otherId', { id }) : t('code.unread')}</Text>
          {told.slice(0, 3).map(({ line, message }) => (
            <Text size="xs" key={`${line} ${message}`} className="any-text">
              {t('code.line', { line, message })}
            </Text>
          ))}
        </Alert>
      ) : null}
      <CodeEditor
        language="yaml"
        label={t('code.label')}
        value={shown}
        onChange={change}
        problems={told}
        isReadOnly={isReadOnly}
      />
    </Stack>
  )
}
