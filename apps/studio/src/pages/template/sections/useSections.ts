import {
  addSection,
  deleteSection,
  duplicateSection,
  moveSection,
  placeMjml,
  readBlocks,
  type Block,
  type EditableSource,
  type KindName,
  type SectionValues,
} from '@ciclo/templates/editing'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

export interface Sections {
  /** Undefined where the MJML cannot be read. */
  blocks: Block[] | undefined
  /** One for each block, which stays with it when it is moved. */
  ids: number[]
  selected: number | undefined
  /** What has just happened, for those who do not see it. */
  said: string
  select: (index: number) => void
  edit: (source: EditableSource, field?: string) => void
  add: (at: number, kind: KindName, values?: SectionValues) => void
  addCode: (at: number, mjml: string) => void
  move: (from: number, to: number) => void
  copy: (at: number) => void
  remove: (at: number) => void
}

/** Where the keyboard stands on a section. */
export const gripId = (id: number): string => `section-grip-${id}`

/** The sections of a template, which one is chosen, and what can be done with them. */
export function useSections(
  source: EditableSource,
  edit: (source: EditableSource, field?: string) => void,
  locale: string,
): Sections {
  const { t } = useTranslation('template')
  const blocks = useMemo(() => readBlocks(source.mjml)?.blocks, [source.mjml])
  const [selected, setSelected] = useState<number>()
  const [said, setSaid] = useState('')
  const next = useRef(0)
  const ids = useRef<number[]>([])
  const focused = useRef<number>(undefined)
  const count = blocks?.length ?? 0
  // What came from elsewhere, such as undo, has as many as it has.
  while (ids.current.length < count) ids.current.push((next.current += 1))
  if (ids.current.length > count && blocks !== undefined) ids.current.length = count

  useEffect(() => {
    const id = focused.current
    focused.current = undefined
    if (id !== undefined) document.getElementById(gripId(id))?.focus()
  }, [source])

  const change = (made: EditableSource, order: (ids: number[]) => number[], at: number, words = ''): void => {
    const moved = order([...ids.current])
    // Two that became one, or one that became two, cannot be told apart by their old names.
    if (readBlocks(made.mjml)?.blocks.length === moved.length) ids.current = moved
    const id = ids.current[Math.min(at, ids.current.length - 1)]
    focused.current = id
    setSelected(id)
    setSaid(words)
    edit(made)
  }
  const withNew = (at: number) => (before: number[]) => before.toSpliced(at, 0, (next.current += 1))

  return {
    blocks,
    ids: ids.current,
    selected,
    said,
    select: (index) => setSelected(ids.current[index]),
    edit,
    add: (at, kind, values) =>
      change(addSection(source, at, kind, { locale, ...(values && { values }) }), withNew(at), at),
    addCode: (at, mjml) =>
      change({ ...source, mjml: placeMjml(source.mjml, at, 'column', mjml) }, withNew(at), at),
    move: (from, to) => {
      const target = to > from ? to - 1 : to
      const id = ids.current[from]
      if (id === undefined || to < 0 || to > count || target === from) return
      change(
        moveSection(source, from, to),
        (before) => before.toSpliced(from, 1).toSpliced(target, 0, id),
        target,
        t('sections.moved', { number: target + 1, count }),
      )
    },
    copy: (at) => change(duplicateSection(source, at), withNew(at + 1), at + 1),
    remove: (at) =>
      change(
        deleteSection(source, at),
        (before) => before.toSpliced(at, 1),
        Math.max(0, Math.min(at, count - 2)),
        t('sections.removed'),
      ),
  }
}
