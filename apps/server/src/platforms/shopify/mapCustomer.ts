import { z } from 'zod'
import type { MapContext, Mapped, PlatformEvent } from '../platform.ts'
import { idField, optionalTime, readPayload, stated, textField, timeField } from '../readFields.ts'
import { whoOf } from '../whoOf.ts'

const ConsentSchema = z.object({
  state: textField,
  opt_in_level: textField,
  consent_updated_at: optionalTime,
})

/** https://shopify.dev/docs/api/admin-rest/latest/resources/customer */
const CustomerSchema = z.object({
  id: idField,
  email: textField,
  created_at: timeField,
  updated_at: timeField,
  first_name: textField,
  last_name: textField,
  phone: textField,
  tags: textField,
  locale: textField,
  email_marketing_consent: ConsentSchema.nullish().catch(undefined),
  /** As versions of the API before 2022-04 have it. */
  accepts_marketing: z.boolean().nullish().catch(undefined),
  accepts_marketing_updated_at: optionalTime,
  default_address: z.object({ country_code: textField, city: textField }).nullish().catch(undefined),
})

/** `customers_email_marketing_consent/update` */
const ConsentUpdateSchema = z.object({
  customer_id: idField,
  email_address: textField,
  email_marketing_consent: ConsentSchema,
})

/**
 * A consent with its own date. `not_subscribed` is somebody who was never asked, `pending` somebody who has not
 * answered: neither is a word.
 */
function consentEvents(
  customerId: string,
  who: Pick<PlatformEvent, 'userId' | 'anonymousId' | 'traits'>,
  consent: z.infer<typeof ConsentSchema> | null | undefined,
  fallbackAt: number,
): PlatformEvent[] {
  const { email } = who.traits
  const isYes = consent?.state === 'subscribed'
  if (email === undefined || (!isYes && consent?.state !== 'unsubscribed')) return []
  const at = consent.consent_updated_at ?? fallbackAt
  return [
    {
      ...who,
      id: `shopify/consent/${customerId}/${consent.state}/${at}`,
      at,
      type: 'track',
      name: isYes ? 'Subscribed' : 'Unsubscribed',
      properties: stated({ email, method: 'shopify', opt_in_level: consent.opt_in_level }),
    },
  ]
}

/** `customers/create`, `customers/update`, `customers/enable`, `customers/disable`. */
export function mapCustomer(topic: string, payload: unknown, context: MapContext): Mapped {
  const customer = readPayload(CustomerSchema, topic, payload)
  const { id, email, updated_at: updatedAt } = customer
  const who = whoOf({ customerId: id, email }, context)
  if (who.userId === undefined && email === undefined)
    return { events: [], products: [], ignored: 'it has no address' }
  const asked = customer.email_marketing_consent
  const stale =
    typeof customer.accepts_marketing === 'boolean'
      ? {
          state: customer.accepts_marketing ? 'subscribed' : 'not_subscribed',
          opt_in_level: undefined,
          consent_updated_at: customer.accepts_marketing_updated_at,
        }
      : undefined
  return {
    events: [
      {
        ...who,
        id: `shopify/customer/${id}/${updatedAt}`,
        at: updatedAt,
        type: 'identify',
        properties: {},
        traits: stated({
          ...who.traits,
          firstName: customer.first_name,
          lastName: customer.last_name,
          phone: customer.phone,
          locale: customer.locale,
          country: customer.default_address?.country_code,
          city: customer.default_address?.city,
          tags: customer.tags,
          createdAt: new Date(customer.created_at).toISOString(),
        }),
      },
      ...consentEvents(id, who, asked ?? stale, updatedAt),
    ],
    products: [],
  }
}

export function mapConsent(topic: string, payload: unknown, context: MapContext): Mapped {
  const {
    customer_id: id,
    email_address: email,
    email_marketing_consent: consent,
  } = readPayload(ConsentUpdateSchema, topic, payload)
  const events = consentEvents(id, whoOf({ customerId: id, email }, context), consent, context.at)
  return events.length > 0
    ? { events, products: [] }
    : { events, products: [], ignored: `nobody has said yes or no: ${consent.state ?? 'no state'}` }
}
