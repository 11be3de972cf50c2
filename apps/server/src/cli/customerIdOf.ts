import { CicloError } from '../errors.ts'
import { CustomersSchema } from '../routes/apiSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { quoted } from './quoted.ts'

/** An id is taken as it is; an e-mail must be of one customer only. */
export async function customerIdOf({ request }: ApiTarget, who: string): Promise<string> {
  if (!who.includes('@')) return who
  const response = await request('GET', `/customers?email=${encodeURIComponent(who)}`)
  const { customers } = CustomersSchema.parse(await response.json())
  const [first, ...others] = customers
  if (!first) throw new CicloError('not-found', `There is no customer with the e-mail ${quoted(who)}`)
  if (others.length === 0) return first.id
  throw new CicloError(
    'bad-request',
    `${customers.length} customers claim the e-mail ${quoted(who)}: name one of them by its id, ${customers.map(({ id }) => id).join(', ')}`,
  )
}
