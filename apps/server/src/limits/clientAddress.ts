import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { isLoopback, isPrivate, prefixOf, readInternetAddress } from './internetAddress.ts'

/**
 * Which proxies stand before us. `auto`: one, if the peer is on this machine or in a private network. `none`: the peer
 * is the client. A number: so many, whatever their addresses.
 */
export type TrustProxy = 'auto' | 'none' | number

/** Who sends a request, as far as our own proxies are to be believed. Never stored and never logged. */
export interface Client {
  /** An IP address; empty where the connection has none any more. */
  address: string
  /** Whom a limit counts: one IPv4 address, or the /64 of IPv6 of which everybody has all the addresses. */
  limitedAs: string
  /** This machine itself, by no proxy: the operator's own tools. */
  isLocal: boolean
}

export type ClientAddress = (context: Context) => Client

const LOCAL: Client = { address: '127.0.0.1', limitedAs: '127.0.0.1/32', isLocal: true }

function clientAt(address: string): Client {
  const read = readInternetAddress(address)
  return {
    address,
    limitedAs: read ? prefixOf(read, read.version === 4 ? 32 : 64) : 'unknown',
    isLocal: false,
  }
}

/** What proxies write. A request that has one of them was not made by a tool on this machine. */
const FORWARDED = [
  'x-forwarded-for',
  'forwarded',
  'x-real-ip',
  'via',
  'x-forwarded-proto',
  'x-forwarded-host',
]

function isTrusted(peer: string): boolean {
  const address = readInternetAddress(peer)
  return address !== undefined && (isLoopback(address) || isPrivate(address))
}

/** Each proxy appends whom it saw: the rightmost entry is the nearest, and only what our own proxies wrote is true. */
function clientBehind(peer: string, forwarded: string, trust: TrustProxy): string {
  if (trust === 'none' || (trust === 'auto' && !isTrusted(peer))) return peer
  const chain = [...forwarded.split(','), peer]
  const claimed = chain[Math.max(0, chain.length - 1 - (trust === 'auto' ? 1 : trust))] ?? ''
  return readInternetAddress(claimed) ? claimed.trim() : peer
}

/** Says who sends a request, from the socket's peer and the `X-Forwarded-For` that trusted proxies wrote. */
export function createClientAddress(trust: TrustProxy): ClientAddress {
  return (context) => {
    const { incoming } = (context.env ?? {}) as { incoming?: IncomingMessage }
    // Without a socket the request was made in this very process.
    if (!incoming) return LOCAL
    const { headers, socket } = incoming
    const peer = socket.remoteAddress ?? ''
    const forwarded = headers['x-forwarded-for']
    if (forwarded !== undefined) return clientAt(clientBehind(peer, String(forwarded), trust))
    const address = readInternetAddress(peer)
    const isLocal =
      address !== undefined && isLoopback(address) && !FORWARDED.some((name) => headers[name] !== undefined)
    return isLocal ? LOCAL : clientAt(peer)
  }
}

/**
 * The network of an address, which is all of it that is kept: `203.0.113.0/24` or `2001:db8:1::/48`. Undefined where it
 * is no address.
 */
export function networkOf(address: string): string | undefined {
  const read = readInternetAddress(address)
  return read && prefixOf(read, read.version === 4 ? 24 : 48)
}
