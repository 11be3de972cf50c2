import type { Journey } from '@ciclo/engine'
import { createContext, useContext } from 'react'
import type { Draft } from '../../drafts/useDraft.ts'

/** What is wrong with a journey as the server says it, or as the text beside the canvas does. */
export interface JourneyProblem {
  severity: 'error' | 'warning'
  code: string
  path: readonly (string | number)[]
  /** Null where it is about the journey as a whole. */
  step: string | null
  message: string
  /** Those that a template lacks. */
  locales?: readonly string[] | undefined
}

/** What a panel says on a step of the canvas: figures of a back-test, people who wait there, a difference. */
export interface StepMark {
  /** `removed` is a step of the other version that this one does not have. */
  tone: 'plain' | 'good' | 'bad' | 'added' | 'changed' | 'removed' | 'here'
  /** Short: `1,204 entered`. */
  lines: readonly string[]
}

/** One journey while it is edited: what the canvas, the forms, the text and the panels beside them share. */
export interface JourneyEditing {
  id: string
  /** As it is edited: always a journey of the language, saved or not. */
  definition: Journey
  /** `field` names what is typed into, where letters follow each other and are taken back together. */
  edit: (definition: Journey, field?: string) => void
  draft: Draft<Journey>
  /** Of the journey as it is edited; undefined until the server has looked. */
  problems: readonly JourneyProblem[] | undefined
  /** The id of a step, `trigger`, or `journey` for the journey as a whole. */
  selected: string
  select: (step: string) => void
  isReadOnly: boolean
  /** Shows figures on the steps in the place of those that were there; null: none. */
  mark: (marks: ReadonlyMap<string, StepMark> | null) => void
}

const JourneyEditingContext = createContext<JourneyEditing | null>(null)

export const JourneyEditingProvider = JourneyEditingContext.Provider

/** The journey that the page edits. Only below `JourneyEditingProvider`. */
export function useJourneyEditing(): JourneyEditing {
  const editing = useContext(JourneyEditingContext)
  if (!editing) throw new Error('There is no journey around; expected to be within a JourneyEditingProvider')
  return editing
}
