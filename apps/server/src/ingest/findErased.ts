import { identitiesOf, type EventInput } from '@ciclo/engine'
import { readSuppressed } from '../store/queries/suppressions.ts'
import type { Tx } from '../store/store.ts'
import { erasedNames } from './erasedNames.ts'
import type { IngestItem } from './ingestItem.ts'

const isOfThePast = (input: EventInput) =>
  input.source === 'import' || (input.source !== 'own' && input.at < input.receivedAt)

/**
 * Items that would bring back somebody who was erased, found by the keyed hashes that were kept: every import, and
 * whatever happened before the erasure. What the person does from then on is a new beginning.
 */
export async function findErased(
  tx: Tx,
  workspaceId: string,
  items: readonly IngestItem[],
  hashAddress: (workspaceId: string, text: string) => string,
): Promise<Set<IngestItem>> {
  const namedBy = new Map<IngestItem, string[]>()
  for (const item of items) {
    const { input } = item
    if (input.kind === 'wake' || !isOfThePast(input)) continue
    const { proven, claims } = identitiesOf(input)
    const hashes = [...proven, ...claims].flatMap(({ kind, value }) =>
      kind === 'anonymousId'
        ? []
        : erasedNames(
            workspaceId,
            kind === 'email' ? { addresses: [value], userIds: [] } : { addresses: [], userIds: [value] },
            hashAddress,
          ),
    )
    if (hashes.length > 0) namedBy.set(item, hashes)
  }
  const suppressed = await readSuppressed(tx, workspaceId, [...new Set([...namedBy.values()].flat())])
  const isErased = ({ input }: IngestItem, hash: string) => {
    const found = suppressed.get(hash)
    return found?.reason === 'erased' && (isImport(input) || input.at < found.at)
  }
  const erased = [...namedBy].filter(([item, hashes]) => hashes.some((hash) => isErased(item, hash)))
  return new Set(erased.map(([item]) => item))
}

const isImport = (input: IngestItem['input']) => input.kind === 'event' && input.source === 'import'
