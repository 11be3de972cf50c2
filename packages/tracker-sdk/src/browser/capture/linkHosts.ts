import type { Capture } from '../capture.ts'
import { listen } from '../guard.ts'
import { takeParameter } from '../takeParameter.ts'

const PARAMETER = 'ciclo_link'
/** Milliseconds for which a decorated link is good: it is made when it is clicked. */
const LIFE = 120_000

/**
 * Carries the visitor on to other hosts of the same shop, and takes over the one who comes from there. Only from a page
 * of those hosts: else a stranger's link could make a visitor be taken for somebody else.
 */
export const linkHosts: Capture = ({ options, identity, isAllowed, whenAllowed }) => {
  if (!options.linkHosts) return
  const hosts = options.linkHosts.split(/[\s,]+/)
  const carried = takeParameter(PARAMETER)?.split('.')
  const from = document.referrer && new URL(document.referrer).host
  if (
    carried &&
    hosts.includes(from) &&
    /^[\w-]{1,64}$/.test(carried[0] ?? '') &&
    Math.abs(Date.now() - Number(carried[1])) < LIFE
  )
    whenAllowed(() => identity.adopt(carried[0] ?? ''))

  const onClick = ({ target }: MouseEvent) => {
    const link = target instanceof Element && target.closest<HTMLAnchorElement>('a[href^=http]')
    if (!link || !isAllowed() || link.host === location.host || !hosts.includes(link.host)) return
    const url = new URL(link.href)
    url.searchParams.set(PARAMETER, `${identity.ids().anonymousId}.${Date.now()}`)
    link.href = url.href
  }
  listen(document, 'click', onClick)
  listen(document, 'auxclick', onClick)
}
