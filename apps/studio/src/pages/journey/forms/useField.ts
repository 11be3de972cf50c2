import { JourneySchema } from '@ciclo/engine'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useJourneyEditing } from '../journeyEditing.ts'
import { valueAtPath, withValueAt, type Path } from '../model/valueAtPath.ts'
import { useProblemWords } from '../words/useProblemWords.ts'

export interface Field<Value> {
  value: Value | undefined
  /** Undefined takes it away. What makes no journey stays in the field, and the journey as it was. */
  set: (value: unknown) => void
  /** What is wrong with it: that it is not complete, or what the server has against it. */
  error: string | undefined
  isReadOnly: boolean
}

const isWithin = (path: Path, place: Path) => place.every((part, index) => path[index] === part)

/**
 * A place of the journey as a field of a form.
 *
 * @param isOwn whether also what is wrong below the place is told here
 */
export function useField<Value>(path: Path, isOwn = true): Field<Value> {
  const { t } = useTranslation('journey')
  const { definition, edit, problems = [], isReadOnly } = useJourneyEditing()
  const words = useProblemWords()
  const stored = valueAtPath(definition, path)
  const of = JSON.stringify(stored)
  const [typed, setTyped] = useState<{ value: unknown; of: string | undefined }>()
  const isRefused = typed !== undefined && typed.of === of
  const told = problems.find((one) => (isOwn ? isWithin(one.path, path) : one.path.join() === path.join()))
  return {
    value: (isRefused ? typed.value : stored) as Value | undefined,
    set(value) {
      if (isReadOnly) return
      const read = JourneySchema.safeParse(withValueAt(definition, path, value))
      setTyped(read.success ? undefined : { value, of })
      if (read.success) edit(read.data, path.join('.'))
    },
    error: isRefused ? t('form.incomplete') : told && words(told, definition).text,
    isReadOnly,
  }
}
