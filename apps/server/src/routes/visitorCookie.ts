import { parse } from 'tldts'
import { CicloError } from '../errors.ts'

/** 400 days, in seconds: more than that no browser keeps a cookie (RFC 6265bis, section 5.5). */
const LIFETIME = 34_560_000

/**
 * The domain under which a whole site stands, such as `shop.example` of `www.shop.example`, by the Public Suffix List
 * with the suffixes below which others sell names; undefined for addresses, `localhost` and suffixes themselves.
 */
const siteOf = (hostname: string) => parse(hostname, { allowPrivateDomains: true }).domain ?? undefined

export interface AskedCookie {
  /** As the `Origin` header has it. */
  origin: string | undefined
  /** The host that was asked, without its port. */
  hostname: string
  anonymousId: string
}

/**
 * The `Set-Cookie` that keeps a visitor's id beyond the week that Safari leaves cookies of scripts. It is for the site
 * of the page, as far as that is also the site of this server. Pages read it as well: it is not HttpOnly, and Secure
 * where they are. Throws `forbidden` for a page of another site, or none.
 */
export function visitorCookie({ origin, hostname, anonymousId }: AskedCookie): string {
  const page = origin === undefined || !URL.canParse(origin) ? undefined : new URL(origin)
  if (!page)
    throw new CicloError(
      'forbidden',
      `Origin: given ${origin ?? 'none'}, expected that of the page on which the tracker runs`,
    )
  const site = siteOf(hostname)
  if (site === undefined ? page.hostname !== hostname : siteOf(page.hostname) !== site)
    throw new CicloError(
      'forbidden',
      `Origin: given ${origin}, expected a page of the site of ${hostname}, the host that was asked (a proxy has to pass it on)`,
    )
  return [
    `ciclo_id=${anonymousId}`,
    ...(site === undefined ? [] : [`Domain=${site}`]),
    'Path=/',
    `Max-Age=${LIFETIME}`,
    'SameSite=Lax',
    ...(page.protocol === 'https:' ? ['Secure'] : []),
  ].join('; ')
}
