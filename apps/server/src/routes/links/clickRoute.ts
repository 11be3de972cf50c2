import { EVENT_NAMES, HOUR, OWN_TAGS, type Settings } from '@ciclo/engine'
import { referenceTo } from '../../mail/mailLinks.ts'
import type { OutboxMessage } from '../../store/queries/messages.ts'
import { createBurstWatch } from './createBurstWatch.ts'
import { fetcherOf, type Fetcher } from './fetcherOf.ts'
import type { LinkShell, LinkShellOptions } from './linkShell.ts'

/** How long after a click the shop's tracker may say whose browser it is in. */
const VISIT_LIFE = HOUR / 2

/** Adds what the address does not say already. The rest of it stays as it was written: it may be signed. */
function withParameters(url: URL, parameters: Readonly<Record<string, string | null>>): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || url.searchParams.has(name)) continue
    url.search = `${url.search === '' ? '?' : `${url.search}&`}${name}=${encodeURIComponent(value)}`
  }
}

/** Where the visitor comes from, in the words that the shop's own analytics read. */
const attributionOf = ({ campaignId, journeyId, template, variant, stepId }: OutboxMessage) => ({
  utm_source: OWN_TAGS.source,
  utm_medium: OWN_TAGS.medium,
  utm_campaign: campaignId ?? journeyId ?? template,
  utm_content: variant ?? stepId,
})

/** The click redirect. It leads only where the signed token says. */
export function addClickRoute(
  shell: LinkShell,
  { tokens, now, shopUrl }: Pick<LinkShellOptions, 'tokens' | 'now'> & { shopUrl: () => string },
): void {
  const bursts = createBurstWatch()

  /**
   * A person's click proves whose browser this is: the tracker on the shop's page takes the proof from the address. It
   * goes to the shop alone; another site would get a token that binds its own visitors to our customer.
   */
  const targetOf = (message: OutboxMessage, settings: Settings, url: string, fetcher: Fetcher): string => {
    const shop = URL.parse(settings.shop.url || shopUrl())
    const target = URL.parse(url)
    if (target === null || target.origin !== shop?.origin) return url
    if (settings.linkAttribution) withParameters(target, attributionOf(message))
    if (fetcher.class === 'human') {
      const visit = tokens.sign('visit', { ...referenceTo(message), x: now() + VISIT_LIFE })
      // One that was copied from somebody's address bar is not this reader's.
      if (target.searchParams.has('ciclo_visit')) target.searchParams.delete('ciclo_visit')
      withParameters(target, { ciclo_visit: visit })
    }
    return target.href
  }

  shell.on('GET', 'c', 'click', async (linked) => {
    const { context, message, settings, payload } = linked
    const at = now()
    const isBurst = bursts.isBurst(`${message.workspaceId} ${message.id}`, payload.u, at)
    const alone = fetcherOf(context, message, at)
    const fetcher: Fetcher =
      isBurst && alone.class === 'human' ? { class: 'machine', reason: 'burst' } : alone
    await shell.record(linked, [EVENT_NAMES.emailLinkClicked, { ...fetcher, url: payload.u }])
    return context.redirect(targetOf(message, settings, payload.u, fetcher), 302)
  })
}
