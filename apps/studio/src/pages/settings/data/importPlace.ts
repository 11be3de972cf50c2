const KEPT = 'ciclo.import'

interface Plan {
  file: Pick<File, 'name' | 'size' | 'lastModified'>
  kind: string
  mapping: unknown
}

const printOf = ({ file, kind, mapping }: Plan) =>
  JSON.stringify([file.name, file.size, file.lastModified, kind, mapping])

/** Up to which row this very file was sent before the page was loaded again; 0 where it was not. */
export function placeIn(plan: Plan): number {
  // Storage that is blocked throws at the mere question.
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as { print?: string; row?: number }
    return kept.print === printOf(plan) && Number.isSafeInteger(kept.row) ? (kept.row ?? 0) : 0
  } catch {
    return 0
  }
}

export function keepPlace(plan: Plan, row: number): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ print: printOf(plan), row }))
  } catch {
    // Then it begins anew: the same row twice is the same once.
  }
}

export function forgetPlace(): void {
  try {
    localStorage.removeItem(KEPT)
  } catch {
    // There was nothing to forget.
  }
}
