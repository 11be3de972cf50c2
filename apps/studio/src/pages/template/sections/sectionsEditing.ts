import type { EditableSource } from '@ciclo/templates/editing'
import { createContext, useContext } from 'react'
import type { Settings } from '../../settings/settingsQuery.ts'
import type { Sections } from './useSections.ts'

export interface SectionProblem {
  severity: string
  code: string
  locale: string | null
  place: { line?: number | undefined; key?: string | undefined; element?: string | undefined }
  message: string
}

/** Has somebody choose a picture; nothing where they choose none. */
export type PickImage = () => Promise<
  { url: string; alt: string; width?: number | undefined } | null | undefined
>

interface SectionsEditing extends Sections {
  source: EditableSource
  locale: string
  problems: readonly SectionProblem[]
  isReadOnly: boolean
  pickImage: PickImage | undefined
  settings: Settings | undefined
}

export const SectionsContext = createContext<SectionsEditing | undefined>(undefined)

/** What all parts of the list of sections share. */
export function useSectionsEditing(): SectionsEditing {
  const editing = useContext(SectionsContext)
  if (editing === undefined) throw new Error('expected a SectionsContext around it')
  return editing
}
