import type { Finding } from '../../doctor/finding.ts'

/** A record as it is to be published. */
export interface RecordToSet {
  type: 'TXT' | 'MX' | 'CNAME' | 'PTR'
  name: string
  value: string
}

/** What looking up a record gave: as every finding, with what was asked and what was seen. */
export interface RecordFinding extends Finding {
  check: 'spf' | 'dkim' | 'dmarc' | 'mx' | 'bounces' | 'ptr'
  /** Which names were asked, such as `TXT _dmarc.shop.example`. */
  lookedUp: string[]
  seen: string[]
  /** What to publish, where that is known to the letter. */
  set?: RecordToSet
  /** Nothing is to go out by this sender before it is well. */
  blocks: boolean
}

type Told = Pick<RecordFinding, 'check' | 'lookedUp' | 'seen'>

export const well = (told: Told, found: string): RecordFinding => ({
  ...told,
  status: 'ok',
  found,
  blocks: false,
})

export const doubtful = (told: Told, found: string, advice: string, set?: RecordToSet): RecordFinding => ({
  ...told,
  status: 'warn',
  found,
  advice,
  ...(set ? { set } : {}),
  blocks: false,
})

export const wrong = (told: Told, found: string, advice: string, set?: RecordToSet): RecordFinding => ({
  ...told,
  status: 'fail',
  found,
  advice,
  ...(set ? { set } : {}),
  blocks: true,
})

/** Why nothing is known of a name. */
export const unanswered = (name: string, error: string) => `could not look up ${name}: ${error}`

/** Nobody could tell: no reason for an alarm, and none to begin sending. */
export const unknown = (told: Told, found: string): RecordFinding => ({
  ...told,
  status: 'warn',
  found,
  advice: 'Try again, or look with dig: this machine gets no answer',
  blocks: true,
})
