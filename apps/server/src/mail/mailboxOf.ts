/** Providers that read over the dots of an address's local part. */
const DOTLESS = new Set(['gmail.com', 'googlemail.com'])

/**
 * The mailbox that an address's mail most likely ends in: without what follows a plus sign (RFC 5233), at Gmail without
 * dots. Only for counting what one person gets; mail goes to the address as it was given.
 */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@')
  const [local = ''] = address.slice(0, at).split('+')
  const domain = address.slice(at + 1)
  // Nothing before the plus sign: then it is part of a name.
  if (local === '') return address
  return DOTLESS.has(domain) ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`
}
