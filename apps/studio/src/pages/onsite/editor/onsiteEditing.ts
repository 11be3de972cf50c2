import type { OnsiteMessage } from '@ciclo/engine'
import { createContext, use } from 'react'

/** What the parts of the editor of an on-site message share. */
export interface OnsiteEditing {
  message: OnsiteMessage
  isReadOnly: boolean
  /** `field` names what is typed into: letters that follow each other are taken back in one step. */
  change: (changes: Partial<OnsiteMessage>, field?: string) => void
  /** What is wrong at a place such as `texts.es.title`, in the reader's words. */
  problemAt: (path: string) => string | undefined
  /** What is wrong at the first place below one, such as `rules.pages`. */
  problemBelow: (path: string) => string | undefined
}

const Context = createContext<OnsiteEditing | null>(null)

export const OnsiteEditingProvider = Context.Provider

export function useOnsiteEditing(): OnsiteEditing {
  const editing = use(Context)
  if (!editing) throw new Error('Outside of the editor of an on-site message')
  return editing
}
