/** What one check found, in one line, and what to do about it. */
export interface Finding {
  check: string
  status: 'ok' | 'warn' | 'fail'
  found: string
  advice?: string
}

/** What looking for something gave: it, or why it could not be looked at. */
export type Look<Fact> = { found: Fact } | { error: string }

export const ok = (check: string, found: string): Finding => ({ check, status: 'ok', found })
export const warn = (check: string, found: string, advice: string): Finding => ({
  check,
  status: 'warn',
  found,
  advice,
})
export const fail = (check: string, found: string, advice: string): Finding => ({
  check,
  status: 'fail',
  found,
  advice,
})
