import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Dns } from './dns.ts'
import { unanswered } from './recordFinding.ts'

export type SpfResult = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'permerror' | 'temperror'

export interface SpfFacts {
  /** What receivers would say to a mail from the address; of no address: whether the record can be read at all. */
  result: SpfResult
  /** The record of the domain itself. */
  record: string | undefined
  /** Terms that ask other names: RFC 7208 allows 10. */
  lookups: number
  /** The domains whose records were read, in the order in which that happened. */
  includes: string[]
  /** What is wrong, where something is. */
  problem: string | undefined
}

/** RFC 7208, section 4.6.4: so many terms may ask other names, and so many of these answers may be empty. */
const MOST_LOOKUPS = 10
const MOST_VOID = 2

type Failure = 'permerror' | 'temperror'

/** Ends the reading, wherever it is. */
const problem = (result: Failure, message: string) => Object.assign(new Error(message), { spf: result })
const isProblem = (error: unknown): error is Error & { spf: Failure } =>
  error instanceof Error && 'spf' in error

const QUALIFIERS = { '+': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral' } as const
const TERM = /^([+\-~?]?)([a-z][a-z0-9_.-]*)(?:[:=]([^/\s]*))?((?:\/\d{1,3})?(?:\/\/\d{1,3})?)$/i

function isIn(address: string, network: string, prefix: number | undefined): boolean {
  if (!ipaddr.isValid(address) || !ipaddr.isValid(network)) return false
  const [one, other] = [ipaddr.process(address), ipaddr.process(network)]
  if (one.kind() !== other.kind()) return false
  const bits = one.kind() === 'ipv4' ? 32 : 128
  return one.match(other, Math.min(prefix ?? bits, bits))
}

const prefixOf = (ending: string, address: string) => {
  const [, four, six] = /^(?:\/(\d+))?(?:\/\/(\d+))?$/.exec(ending) ?? []
  const wanted = address.includes(':') ? six : four
  return wanted === undefined ? undefined : Number(wanted)
}

/**
 * Reads the SPF record of a domain with all that it names (RFC 7208), as a receiver of a mail from an address does.
 * Without an address it reads on to the end, so that every limit shows.
 */
export async function readSpf(dns: Dns, domain: string, address?: string): Promise<SpfFacts> {
  let lookups = 0
  let empty = 0
  let first: string | undefined
  const includes: string[] = []

  const ask = async (kind: 'txt' | 'mx' | 'addresses', name: string) => {
    const answer = await dns[kind](name)
    if ('error' in answer) throw problem('temperror', unanswered(name, answer.error))
    return answer.found
  }
  const count = () => {
    lookups += 1
    if (lookups > MOST_LOOKUPS)
      throw problem('permerror', `it takes more than ${MOST_LOOKUPS} look-ups, and receivers stop there`)
  }
  const notEmpty = <Found>(found: Found[], name: string): Found[] => {
    if (found.length > 0) return found
    empty += 1
    if (empty > MOST_VOID)
      throw problem('permerror', `more than ${MOST_VOID} names in it do not exist, such as ${name}`)
    return found
  }

  const recordOf = async (name: string): Promise<string | undefined> => {
    const records = (await ask('txt', name)).filter((text) => /^v=spf1(\s|$)/i.test(text))
    if (records.length > 1)
      throw problem('permerror', `${name} has ${records.length} records: there must be one`)
    return records[0]
  }

  /** Whether the address is among those of a name. */
  const matches = async (kind: 'a' | 'mx', name: string, ending: string): Promise<boolean> => {
    count()
    const hosts = kind === 'mx' ? notEmpty(await ask('mx', name), name) : [name]
    for (const host of hosts.slice(0, 10)) {
      const found = await ask('addresses', host)
      const known = kind === 'a' ? notEmpty(found, host) : found
      if (address !== undefined && known.some((one) => isIn(address, one, prefixOf(ending, one)))) return true
    }
    return false
  }

  const check = async (name: string): Promise<SpfResult> => {
    const record = await recordOf(name)
    first ??= record
    if (record === undefined) return 'none'
    includes.push(name)
    let redirect: string | undefined
    for (const term of record.split(/\s+/).slice(1).filter(Boolean)) {
      const [, sign = '', word = '', value, ending = ''] = TERM.exec(term) ?? []
      const kind = word.toLowerCase()
      let isMatch = false
      // What a macro names is another thing for each mail: it is counted, and not looked up.
      if (value?.includes('%')) count()
      else if (kind === 'all') isMatch = true
      else if (kind === 'ip4' || kind === 'ip6') {
        if (isIP(value ?? '') === 0) throw problem('permerror', `"${term}" of ${name} is no address`)
        const prefix = ending === '' ? undefined : Number(ending.slice(1))
        isMatch = address !== undefined && isIn(address, value ?? '', prefix)
      } else if (kind === 'include') {
        if (!value) throw problem('permerror', `"${term}" of ${name} includes nothing`)
        count()
        const inner = await check(value)
        if (inner === 'none') throw problem('permerror', `${name} includes ${value}, which has no SPF record`)
        isMatch = inner === 'pass'
      } else if (kind === 'a' || kind === 'mx') isMatch = await matches(kind, value || name, ending)
      else if (kind === 'exists') {
        count()
        isMatch = notEmpty(await ask('addresses', value ?? ''), value ?? '').length > 0
      } else if (kind === 'ptr') count()
      else if (kind === 'redirect') redirect = value
      else if (kind !== 'exp' && !term.includes('='))
        throw problem('permerror', `"${term}" of ${name} is no term of SPF`)
      // Without an address nothing decides before the end, except that `all` is it.
      if (isMatch && (address !== undefined || kind === 'all')) return QUALIFIERS[(sign || '+') as '+']
    }
    if (redirect === undefined) return 'neutral'
    count()
    const result = await check(redirect)
    if (result === 'none')
      throw problem('permerror', `${name} redirects to ${redirect}, which has no SPF record`)
    return result
  }

  try {
    return { result: await check(domain), record: first, lookups, includes, problem: undefined }
  } catch (error) {
    if (!isProblem(error)) throw error
    return { result: error.spf, record: first, lookups, includes, problem: error.message }
  }
}
