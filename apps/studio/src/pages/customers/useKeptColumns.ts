import { useState } from 'react'
import { COLUMN_NAMES, FIRST_COLUMNS, type ColumnName } from './columns.tsx'

const KEPT = 'ciclo.customers.columns'

function keptColumns(): readonly ColumnName[] {
  // Storage that is blocked throws at the mere question; what is in it may be anything.
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? 'null')
    return Array.isArray(kept) ? COLUMN_NAMES.filter((name) => kept.includes(name)) : FIRST_COLUMNS
  } catch {
    return FIRST_COLUMNS
  }
}

/** The columns that somebody wants to see, kept in the browser, always in the same order. */
export function useKeptColumns(): [readonly ColumnName[], (names: readonly string[]) => void] {
  const [columns, setColumns] = useState(keptColumns)
  const keep = (names: readonly string[]) => {
    const chosen = COLUMN_NAMES.filter((name) => names.includes(name))
    setColumns(chosen)
    try {
      localStorage.setItem(KEPT, JSON.stringify(chosen))
    } catch {
      // Then it holds for this page.
    }
  }
  return [columns, keep]
}
