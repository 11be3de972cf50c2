import { CAP_MEMORY, type PolicyFacts, type Rules } from '@ciclo/engine'
import { policyFactsOf, suppressionHashesOf, type HashAddress } from '../sending/policyFactsOf.ts'
import type { CustomerRecord } from '../store/queries/customers.ts'
import { readMarketingSentAt } from '../store/queries/messages.ts'
import { readSuppressed } from '../store/queries/suppressions.ts'
import type { ReadTx } from '../store/store.ts'

/** What the sender would know of a mail to a customer's proven address, if one were due now. */
export async function readMailFacts(
  tx: ReadTx,
  workspaceId: string,
  record: CustomerRecord,
  options: { now: number; rules: Rules; hashAddress: HashAddress },
): Promise<PolicyFacts> {
  const { now, rules, hashAddress } = options
  const { id, email } = record.customer
  const hashes = email === null ? [] : suppressionHashesOf(workspaceId, email, hashAddress)
  const suppressed = await readSuppressed(tx, workspaceId, hashes)
  const sentAt = await readMarketingSentAt(tx, workspaceId, {
    customerIds: rules.settings.cap ? [id] : [],
    since: now - CAP_MEMORY,
    now,
    except: new Set(),
  })
  return policyFactsOf(
    // Nobody has an empty address: where there is none, it is not the customer's.
    {
      address: email ?? '',
      journeyId: null,
      topic: null,
      record,
      suppressions: [...suppressed.values()],
      sentAt: sentAt.get(id) ?? [],
    },
    { now, rules },
  )
}
