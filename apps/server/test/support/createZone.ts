import type { Dns } from '../../src/sending/records/dns.ts'

/** What is published, by name or address; `away`: nobody answers for it. */
export type Zone = Record<
  string,
  { txt?: string[]; mx?: string[]; addresses?: string[]; reverse?: string[] } | 'away'
>

/** A name server that knows what is in the zone, and that there is nothing else. */
export function createZone(zone: Zone): Dns {
  const ask = (kind: keyof Dns) => (name: string) => {
    const known = zone[name]
    return Promise.resolve(known === 'away' ? { error: 'no answer in 5 s' } : { found: known?.[kind] ?? [] })
  }
  return { txt: ask('txt'), mx: ask('mx'), addresses: ask('addresses'), reverse: ask('reverse') }
}
