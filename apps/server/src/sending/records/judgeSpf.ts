import ipaddr from 'ipaddr.js'
import type { Dns } from './dns.ts'
import { readSpf } from './readSpf.ts'
import { doubtful, unknown, well, wrong, type RecordFinding } from './recordFinding.ts'

export interface SpfWanted {
  /** Of the envelope sender: where mails come back to. */
  domain: string
  /** The mail server's name; null where it is unknown. */
  host: string | null
  /** The provider, and whose record lists its servers. */
  provider: { name: string; include: string; isNeeded: boolean } | null
}

const isPublic = (address: string) => ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'

/** The addresses of a mail server that receivers may see; none where it is inside, or only hands mails on. */
export async function publicAddresses(dns: Dns, host: string | null): Promise<string[]> {
  if (host === null) return []
  const name = host.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(name)) return isPublic(name) ? [name] : []
  const answer = await dns.addresses(name)
  return 'found' in answer ? answer.found.filter(isPublic) : []
}

const mechanismOf = (address: string) => `${address.includes(':') ? 'ip6' : 'ip4'}:${address}`

/** Whether receivers take mails of the domain from its mail server (RFC 7208). */
export async function judgeSpf(dns: Dns, { domain, host, provider }: SpfWanted): Promise<RecordFinding> {
  const spf = await readSpf(dns, domain)
  const told = {
    check: 'spf' as const,
    lookedUp: [...new Set([domain, ...spf.includes])].map((name) => `TXT ${name}`),
    seen: spf.record === undefined ? [] : [spf.record],
  }
  if (spf.result === 'temperror') return unknown(told, spf.problem ?? '')
  const isOurs = provider === null || provider.isNeeded
  const addresses = provider ? [] : await publicAddresses(dns, host)
  const terms = provider ? [`include:${provider.include}`] : addresses.map(mechanismOf)
  const set = (before: string | undefined) => {
    const kept =
      before
        ?.split(/\s+/)
        .slice(1)
        .filter((term) => !/^[+\-~?]?all$/i.test(term)) ?? []
    return {
      type: 'TXT' as const,
      name: domain,
      value: ['v=spf1', ...kept, ...(terms.length > 0 ? terms : ['mx']), '~all'].join(' '),
    }
  }
  if (spf.problem !== undefined) {
    const told2 = [told, spf.problem, 'Correct the record: as it is, receivers take none of it'] as const
    return isOurs ? wrong(...told2) : doubtful(...told2)
  }
  const notNeeded = provider && `${provider.name} writes its own domain on the envelope, and passes by that`
  if (spf.record === undefined)
    return isOurs
      ? wrong(told, `${domain} has none`, 'Publish a record that names your mail server', set(undefined))
      : well(told, `none, and none is needed: ${notNeeded ?? ''}`)
  const count = `${spf.lookups} of 10 look-ups`
  if (spf.result === 'pass')
    return doubtful(told, 'it lets everybody send in your name', 'End it with ~all or -all')
  if (provider) {
    if (spf.includes.includes(provider.include)) return well(told, `includes ${provider.include}, ${count}`)
    const missing = `it does not include ${provider.include}`
    return provider.isNeeded
      ? wrong(told, missing, `Add include:${provider.include}`, set(spf.record))
      : well(told, `${missing}, which is not needed: ${notNeeded ?? ''}`)
  }
  const results = await Promise.all(addresses.map(async (one) => (await readSpf(dns, domain, one)).result))
  const outside = addresses.filter((_, place) => results[place] !== 'pass')
  if (outside.length > 0)
    return doubtful(
      told,
      `${host} is ${outside.join(' and ')}, which it does not name`,
      'Add it, unless that server hands mails on to others that the record names',
      set(spf.record),
    )
  return well(told, addresses.length > 0 ? `names ${host}, ${count}` : `can be read, ${count}`)
}
