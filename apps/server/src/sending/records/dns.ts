import { Resolver } from 'node:dns/promises'
import type { Look } from '../../doctor/finding.ts'
import { look } from '../../doctor/look.ts'

/** What is published of names: the records, none where there are none, or why nobody could tell. */
export interface Dns {
  txt: (name: string) => Promise<Look<string[]>>
  mx: (name: string) => Promise<Look<string[]>>
  /** Addresses of both families. */
  addresses: (name: string) => Promise<Look<string[]>>
  /** The names of an address. */
  reverse: (address: string) => Promise<Look<string[]>>
}

/** Names without such a record are an answer: none. */
async function orNone<Fact>(action: () => Promise<Fact[]>): Promise<Fact[]> {
  try {
    return await action()
  } catch (error) {
    if (/^(ENODATA|ENOTFOUND)$/.test(String((error as { code?: unknown }).code))) return []
    throw error
  }
}

/** As the system's name servers have it. */
export function realDns(): Dns {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  return {
    txt: (name) =>
      look(() => orNone(async () => (await resolver.resolveTxt(name)).map((parts) => parts.join('')))),
    mx: (name) =>
      look(() => orNone(async () => (await resolver.resolveMx(name)).map(({ exchange }) => exchange))),
    addresses: (name) =>
      look(async () =>
        (
          await Promise.all([orNone(() => resolver.resolve4(name)), orNone(() => resolver.resolve6(name))])
        ).flat(),
      ),
    reverse: (address) => look(() => orNone(() => resolver.reverse(address))),
  }
}

type Ask = (name: string) => Promise<Look<string[]>>

function remembered(ask: Ask): Ask {
  const answers = new Map<string, Promise<Look<string[]>>>()
  return (name) => {
    const answer = answers.get(name) ?? ask(name)
    answers.set(name, answer)
    return answer
  }
}

/** Remembers what was asked: several checks look at the same names. */
export const rememberDns = (dns: Dns): Dns => ({
  txt: remembered((name) => dns.txt(name)),
  mx: remembered((name) => dns.mx(name)),
  addresses: remembered((name) => dns.addresses(name)),
  reverse: remembered((name) => dns.reverse(name)),
})
