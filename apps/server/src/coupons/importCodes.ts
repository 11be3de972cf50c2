import { insertCoupons, type NewCoupon } from '../store/queries/coupons.ts'
import type { Store } from '../store/store.ts'
import type { ListedCode } from './parseCodes.ts'

const LONGEST_CODE = 100
/** What one transaction adds: some 20 ms of it. */
const CODES_AT_ONCE = 1_000
/** How many refusals are told one by one. */
const REFUSALS_TOLD = 20

export interface Refusal {
  line: number
  reason: string
}

export interface CodeImport {
  added: number
  /** In the pool already, or more than once in the list. */
  duplicates: number
  refused: number
  /** The first of the refused. */
  refusals: Refusal[]
}

/** Controls, marks that nobody sees, and halves of characters: no shop's form takes them. */
const UNUSABLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u

function refusalOf(code: unknown): string | undefined {
  if (typeof code !== 'string') return `given ${code === null ? 'null' : typeof code}, expected a text`
  if (code.trim() === '') return 'given nothing, expected a code'
  if (code.trim().length > LONGEST_CODE)
    return `given ${code.trim().length} characters, expected at most ${LONGEST_CODE}`
  if (UNUSABLE.test(code.trim())) return 'given a control or an invisible character, expected none'
  return undefined
}

/**
 * Adds codes to a pool, in portions: cut off in the middle, the same import again adds the rest. They are given to
 * customers in the order of the list.
 */
export async function importCodes(
  store: Store,
  workspaceId: string,
  { pool, codes, now }: { pool: string; codes: readonly ListedCode[]; now: number },
): Promise<CodeImport> {
  const result: CodeImport = { added: 0, duplicates: 0, refused: 0, refusals: [] }
  const refuse = (line: number, reason: string) => {
    result.refused += 1
    if (result.refusals.length < REFUSALS_TOLD) result.refusals.push({ line, reason })
  }
  const lines = new Map<string, number>()
  const added: NewCoupon[] = []
  for (const [position, { line, code }] of codes.entries()) {
    const refusal = refusalOf(code)
    const text = String(code).trim()
    if (refusal !== undefined) refuse(line, refusal)
    else if (lines.has(text)) result.duplicates += 1
    else {
      lines.set(text, line)
      added.push({ code: text, position })
    }
  }
  for (let start = 0; start < added.length; start += CODES_AT_ONCE) {
    const portion = added.slice(start, start + CODES_AT_ONCE)
    const { inserted, known } = await store.write((tx) => insertCoupons(tx, workspaceId, pool, portion, now))
    result.added += inserted.size
    for (const [code, inPool] of known) {
      if (inPool === pool) result.duplicates += 1
      else refuse(lines.get(code) ?? 0, `the pool ${inPool} has it already, expected a code of one pool only`)
    }
  }
  result.refusals.sort((one, other) => one.line - other.line)
  return result
}
