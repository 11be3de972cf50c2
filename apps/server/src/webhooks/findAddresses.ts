import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isPublicAddress } from './isPublicAddress.ts'

export interface HostAddress {
  address: string
  family: number
}

/** All addresses of a name. */
export type ResolveHost = (name: string) => Promise<readonly HostAddress[]>

const resolveByDns: ResolveHost = async (name) => await lookup(name, { all: true })

/** Where a host may be reached, or why it may not. */
export type FoundAddresses = { addresses: readonly HostAddress[] } | { forbidden: string }

export interface AddressOptions {
  /** Hosts that the operator has named: wherever they are. As `URL.hostname` writes them. */
  allowedHosts: ReadonlySet<string>
  resolve?: ResolveHost
}

/**
 * The addresses of a URL's host, all of them looked at: none may lead to this machine or its networks. Whoever connects
 * must connect to one of these, since the name may stand for others a moment later.
 */
export async function findAddresses(
  { hostname }: URL,
  { allowedHosts, resolve = resolveByDns }: AddressOptions,
): Promise<FoundAddresses> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(host)
  const addresses = family === 0 ? await resolve(host) : [{ address: host, family }]
  if (allowedHosts.has(hostname)) return { addresses }
  const inside = addresses.find(({ address }) => !isPublicAddress(address))
  if (!inside) return { addresses }
  const place = family === 0 ? `${host} is at ${inside.address}` : host
  return { forbidden: `${place}: expected an address on the internet, or a host of CICLO_WEBHOOK_HOSTS` }
}
