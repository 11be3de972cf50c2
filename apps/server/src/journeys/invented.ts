import { DAY, EVENT_NAMES, type EventInput } from '@ciclo/engine'

/** Somebody who does not exist, to try a journey with. */
export interface InventedCustomer {
  traits: Record<string, unknown>
  email: string
  locale: string | undefined
  /** IANA. */
  timeZone: string | undefined
  /** ISO 3166-1 alpha-2. */
  country: string | undefined
  permission: 'subscribed' | 'none'
}

/** Of what ids of such a customer are made, in those of its runs and mails, too. */
export const INVENTED_ID = 'invented'

/** How the shop's server would have told of them, the day before it begins. */
export function inventHistory(invented: InventedCustomer, begin: number): EventInput[] {
  const { traits, email, locale, timeZone, country, permission } = invented
  const at = begin - DAY
  const told = (id: string, event: Partial<EventInput['event']> & Pick<EventInput['event'], 'type'>) =>
    ({
      kind: 'event',
      id: `${INVENTED_ID}-${id}`,
      at,
      receivedAt: at,
      source: 'secret',
      event: { properties: {}, traits: {}, context: {}, userId: INVENTED_ID, ...event },
    }) satisfies EventInput
  const known = {
    ...(locale === undefined ? {} : { locale }),
    ...(timeZone === undefined ? {} : { timezone: timeZone }),
    ...(country === undefined ? {} : { address: { country } }),
  }
  const identified = told('a', { type: 'identify', traits: { ...known, ...traits, email } })
  if (permission === 'none') return [identified]
  const properties = { purpose: 'marketing-email', basis: 'consent', method: 'try' }
  return [identified, told('b', { type: 'track', name: EVENT_NAMES.consentGiven, properties })]
}
