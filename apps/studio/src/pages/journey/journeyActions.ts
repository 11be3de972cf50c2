import type { JourneyStep } from '@ciclo/engine'
import { createContext, useContext } from 'react'
import type { StepMark } from './journeyEditing.ts'
import type { MoveTo } from './model/changeSteps.ts'
import type { StepKind } from './model/newStep.ts'
import type { WayPlace } from './model/ways.ts'

/** What can be done with a journey, the same on the canvas and in the list. Each says what it has done. */
export interface JourneyActions {
  undo: (() => void) | undefined
  redo: (() => void) | undefined
  add: (way: WayPlace, kind: StepKind) => void
  /** What was copied last, here or in another journey of this tab. */
  copied: JourneyStep | null
  copy: (id: string) => void
  paste: (way: WayPlace) => void
  remove: (id: string) => void
  move: (id: string, to: MoveTo | 'up' | 'down') => void
  /** Goes to the form of a step and sets the focus there. */
  open: (id: string) => void
  /** Said to who cannot see it. */
  tell: (text: string) => void
  marks: ReadonlyMap<string, StepMark> | null
}

const JourneyActionsContext = createContext<JourneyActions | null>(null)

export const JourneyActionsProvider = JourneyActionsContext.Provider

/** Only below `JourneyActionsProvider`. */
export function useJourneyActions(): JourneyActions {
  const actions = useContext(JourneyActionsContext)
  if (!actions) throw new Error('There are no actions around; expected to be within a JourneyActionsProvider')
  return actions
}
