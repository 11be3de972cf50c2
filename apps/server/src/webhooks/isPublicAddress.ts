import ipaddr from 'ipaddr.js'

/** 2000::/3, all of IPv6 that the internet uses: what else there is leads home, in tunnels or nowhere. */
const GLOBAL = ipaddr.IPv6.parseCIDR('2000::/3')

/** Without the dots that IPv6 may have: `::1.2.3.4` is not `::ffff:1.2.3.4`, for which ipaddr.js takes it. */
function undotted(text: string): string {
  if (!text.includes(':')) return text
  const url = `http://[${text}]`
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : ''
}

/**
 * Whether an address belongs to somebody on the internet: not to this machine, its networks, its cloud, a group of
 * machines, or nobody. An IPv4 address in IPv6's clothes (::ffff:192.0.2.1) is the IPv4 address.
 */
export function isPublicAddress(text: string): boolean {
  const plain = undotted(text)
  if (!ipaddr.isValid(plain)) return false
  const address = ipaddr.process(plain)
  if (address.range() !== 'unicast') return false
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL)
}
