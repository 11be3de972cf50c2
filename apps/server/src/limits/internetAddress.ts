import { isIP } from 'node:net'

/** An address as numbers: 4 bytes, or 8 groups of 16 bits. */
export interface InternetAddress {
  version: 4 | 6
  parts: readonly number[]
}

const bytesOf = (text: string) => text.split('.').map(Number)

/** The groups of one side of `::`. The last may be an IPv4 address. */
const groupsIn = (half: string): number[] =>
  half
    .split(':')
    .filter((group) => group !== '')
    .flatMap((group) => {
      if (!group.includes('.')) return [Number.parseInt(group, 16)]
      const [a = 0, b = 0, c = 0, d = 0] = bytesOf(group)
      return [a * 256 + b, c * 256 + d]
    })

function groupsOf(text: string): number[] {
  const [head = '', tail = ''] = text.split('::')
  const before = groupsIn(head)
  const after = groupsIn(tail)
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}

/**
 * Reads an address as sockets and proxies write it: with a port, in brackets, with a zone. An IPv4 address in IPv6's
 * clothes (::ffff:192.0.2.1) is the IPv4 address. Undefined where it is none.
 */
export function readInternetAddress(text: string): InternetAddress | undefined {
  const [, bracketed, dotted] = /^\s*(?:\[([^\]]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)\s*$/.exec(text) ?? []
  const [bare = ''] = (bracketed ?? dotted ?? text.trim()).split('%')
  const version = isIP(bare)
  if (version === 4) return { version, parts: bytesOf(bare) }
  if (version !== 6) return undefined
  const parts = groupsOf(bare)
  const [g0, g1, g2, g3, g4, g5, g6 = 0, g7 = 0] = parts
  return g0 === 0 && g1 === 0 && g2 === 0 && g3 === 0 && g4 === 0 && g5 === 0xffff
    ? { version: 4, parts: [g6 >> 8, g6 & 255, g7 >> 8, g7 & 255] }
    : { version, parts }
}

/** 127.0.0.0/8 and ::1. */
export function isLoopback({ version, parts }: InternetAddress): boolean {
  return version === 4 ? parts[0] === 127 : parts.every((part, place) => part === (place === 7 ? 1 : 0))
}

/** Networks that nobody on the internet sends from: RFC 1918, RFC 3927, RFC 4193, and link-local IPv6. */
export function isPrivate({ version, parts }: InternetAddress): boolean {
  const [first = 0, second = 0] = parts
  if (version === 6) return (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80
  return (
    first === 10 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254)
  )
}

/** The first `bits` of an address as text, such as `203.0.113.0/24` or `2001:db8:1::/48`. */
export function prefixOf({ version, parts }: InternetAddress, bits: number): string {
  if (version === 4) {
    return `${parts.map((part, place) => (place < bits / 8 ? part : 0)).join('.')}/${bits}`
  }
  const groups = parts.slice(0, bits / 16).map((part) => part.toString(16))
  return `${groups.join(':').replace(/(:0)+$/, '')}::/${bits}`
}
