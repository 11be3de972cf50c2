import { z } from 'zod'
import type { MapContext, Mapped } from '../platform.ts'
import { idField, optionalTime, readPayload, stated, textField, timeField } from '../readFields.ts'
import { whoOf } from '../whoOf.ts'

/** https://developer.woocommerce.com/docs/apis/rest-api/v3/customers/ */
const CustomerSchema = z.object({
  id: idField,
  email: textField,
  first_name: textField,
  last_name: textField,
  date_created_gmt: timeField,
  date_modified_gmt: optionalTime,
  billing: z
    .object({
      first_name: textField,
      last_name: textField,
      country: textField,
      city: textField,
      phone: textField,
    })
    .nullish()
    .catch(undefined),
})

/** `customer.created`, `customer.updated`. WooCommerce itself asks nobody for consent: nothing is said of it. */
export function mapCustomer(topic: string, payload: unknown, context: MapContext): Mapped {
  const customer = readPayload(CustomerSchema, topic, payload)
  const { id, email, billing } = customer
  const who = whoOf({ customerId: id, email }, context)
  if (who.userId === undefined && email === undefined)
    return { events: [], products: [], ignored: 'it has no address' }
  const at = customer.date_modified_gmt ?? customer.date_created_gmt
  return {
    events: [
      {
        ...who,
        id: `woocommerce/customer/${id}/${at}`,
        at,
        type: 'identify',
        properties: {},
        traits: stated({
          ...who.traits,
          firstName: customer.first_name ?? billing?.first_name,
          lastName: customer.last_name ?? billing?.last_name,
          phone: billing?.phone,
          country: billing?.country,
          city: billing?.city,
          createdAt: new Date(customer.date_created_gmt).toISOString(),
        }),
      },
    ],
    products: [],
  }
}
