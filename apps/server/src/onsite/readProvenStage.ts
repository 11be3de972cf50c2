import type { Event, Identity, LifecycleValue } from '@ciclo/engine'
import { readCustomer } from '../store/queries/customers.ts'
import { identityKey, readIdentities } from '../store/queries/identities.ts'
import type { ReadTx } from '../store/store.ts'

/** What a browser brings that may prove who it is. */
export interface BroughtProof {
  /** Of a signed identity token that holds. */
  proof: Event['proof'] | undefined
  anonymousId: string | undefined
}

/**
 * 128 random bits, as browsers' libraries make them, with hyphens or without. Any other may be guessed, such as a number of the shop's own, and the name of who
 * came without one (`claim:email:...`) holds an address that others know.
 */
const UNGUESSABLE = /^[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}$/i

function provenBy({ proof, anonymousId }: BroughtProof): Identity[] {
  // Whoever else has used the browser: the token says who it is now.
  if (proof)
    return [
      ...(proof.userId === undefined ? [] : [{ kind: 'userId' as const, value: proof.userId }]),
      ...(proof.email === undefined ? [] : [{ kind: 'email' as const, value: proof.email }]),
    ]
  return anonymousId !== undefined && UNGUESSABLE.test(anonymousId)
    ? [{ kind: 'anonymousId', value: anonymousId }]
    : []
}

/**
 * The stage of the customer whom a browser has proven to be; null where it has proven nothing. Claims prove nothing: a
 * browser's own customer who has no userId or address but what it claims is nobody, so that a stranger who knows
 * somebody's address is told what anybody is. Nor is anything made of the stage of who has refused to be watched.
 */
export async function readProvenStage(
  tx: ReadTx,
  workspaceId: string,
  brought: BroughtProof,
): Promise<LifecycleValue['stage'] | null> {
  const identities = provenBy(brought)
  if (identities.length === 0) return null
  const owners = await readIdentities(tx, workspaceId, identities)
  const owner = identities.map((identity) => owners.get(identityKey(identity))).find((id) => id !== undefined)
  const record = owner === undefined ? undefined : await readCustomer(tx, workspaceId, owner)
  if (!record) return null
  const { userId, email, consent, lifecycle } = record.customer
  if (userId === null && email === null) return null
  return consent.tracking?.status === 'refused' ? null : lifecycle.value.stage
}
