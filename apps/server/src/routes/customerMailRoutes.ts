import { Hono } from 'hono'
import { CicloError } from '../errors.ts'
import type { RulesCache } from '../ingest/rulesCache.ts'
import type { HashAddress } from '../sending/policyFactsOf.ts'
import type { Senders } from '../sending/senders.ts'
import { readCustomer } from '../store/queries/customers.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { describer } from './describeApi.ts'
import { MailStandingSchema } from './mailStandingSchemas.ts'
import { readMailStanding } from './readMailStanding.ts'

const describe = describer('customers', 'There is no such customer')

export interface CustomerMailOptions {
  store: Store
  rules: RulesCache
  senders: Pick<Senders, 'senderOf'>
  hashAddress: HashAddress
  now: () => number
}

/** Below a customer: why they get mail or none. */
export function createCustomerMailRoutes({ store, rules, senders, hashAddress, now }: CustomerMailOptions) {
  return new Hono<ApiEnvironment>().get(
    '/mail',
    describe(
      'Whether a customer may be mailed, what keeps mails back, and what goes next',
      MailStandingSchema,
    ),
    async (context) => {
      const workspaceId = context.get('workspaceId')
      const id = context.req.param('id') ?? ''
      return await store.read(async (tx) => {
        const record = await readCustomer(tx, workspaceId, id)
        if (!record) throw new CicloError('not-found', `There is no customer ${id}`)
        const current = (await rules.rulesFor(tx, [workspaceId]))(workspaceId)
        const options = { rules: current, senders, hashAddress, now: now() }
        return context.json(await readMailStanding(tx, workspaceId, record, options))
      })
    },
  )
}
