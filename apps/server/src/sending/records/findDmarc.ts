import type { Dns } from './dns.ts'

export interface DmarcFacts {
  /** Where the record stands: the domain itself, or one above it. */
  domain: string
  record: string
  policy: string
  /** Whether a domain must be the very same, or only belong to the same owner. */
  alignment: { dkim: 'strict' | 'relaxed'; spf: 'strict' | 'relaxed' }
}

export type DmarcLook = { found: DmarcFacts | undefined } | { error: string } | { several: string[] }

/** So many names above a domain are asked, from the nearest on: never a whole top-level domain. */
const MOST_NAMES = 5

const valueOf = (record: string, tag: string) =>
  new RegExp(`(?:^|;)\\s*${tag}\\s*=\\s*([^;\\s]+)`, 'i').exec(record)?.[1]?.toLowerCase()

/** Looks for the DMARC record that counts for a domain: its own, or that of the nearest domain above it. */
export async function findDmarc(dns: Dns, domain: string): Promise<DmarcLook> {
  const labels = domain.split('.')
  for (let start = 0; labels.length - start >= 2 && start < MOST_NAMES; start += 1) {
    const name = labels.slice(start).join('.')
    const answer = await dns.txt(`_dmarc.${name}`)
    if ('error' in answer) return answer
    const records = answer.found.filter((text) => /^v\s*=\s*DMARC1\b/i.test(text))
    if (records.length > 1) return { several: records }
    const [record] = records
    if (record === undefined) continue
    const alignment = (tag: string) =>
      valueOf(record, tag) === 's' ? ('strict' as const) : ('relaxed' as const)
    const policy = (start > 0 ? valueOf(record, 'sp') : undefined) ?? valueOf(record, 'p') ?? ''
    return {
      found: {
        domain: name,
        record,
        policy,
        alignment: { dkim: alignment('adkim'), spf: alignment('aspf') },
      },
    }
  }
  return { found: undefined }
}

const isBelow = (domain: string, above: string) => domain === above || domain.endsWith(`.${above}`)

/** Whether receivers take a domain for that of the from address (RFC 7489, section 3.1). */
export const isAligned = (
  domain: string,
  from: string,
  mode: 'strict' | 'relaxed',
  owner: string | undefined,
): boolean =>
  domain === from ||
  (mode === 'relaxed' &&
    (isBelow(domain, from) ||
      isBelow(from, domain) ||
      (owner !== undefined && isBelow(domain, owner) && isBelow(from, owner))))
