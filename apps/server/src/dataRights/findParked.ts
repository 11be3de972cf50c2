import { identitiesOf, type Identity } from '@ciclo/engine'
import { pageOfParked, type ParkedInput, type ParkedPlace } from '../store/queries/parked.ts'
import type { ReadTx } from '../store/store.ts'

const PARKED_PAGE = 500

/** Whether a parked input says that it is about one of these. */
export function namesOneOf({ input }: ParkedInput, identities: readonly Identity[]): boolean {
  if (input.kind === 'wake') return false
  const { proven, claims } = identitiesOf(input)
  return [...proven, ...claims].some((named) =>
    identities.some(({ kind, value }) => kind === named.kind && value === named.value),
  )
}

/** What is parked and meant, of all that is: an input that the store refused is parked without its customer. */
export async function findParked(
  tx: ReadTx,
  workspaceId: string,
  isMeant: (parked: ParkedInput) => boolean,
): Promise<ParkedInput[]> {
  const found: ParkedInput[] = []
  let after: ParkedPlace | undefined
  for (;;) {
    const page = await pageOfParked(tx, workspaceId, { customerId: undefined, after, limit: PARKED_PAGE })
    found.push(...page.filter(isMeant))
    after = page.at(-1)
    if (page.length < PARKED_PAGE) return found
  }
}
