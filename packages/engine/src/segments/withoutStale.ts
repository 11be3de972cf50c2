import type { Customer } from '../customer.ts'
import type { CompiledSegments } from './compileSegments.ts'

/** A copy of a record with only these names in it. */
function kept<Value>(
  record: Readonly<Record<string, Value>>,
  names: ReadonlySet<string>,
): Record<string, Value> {
  const copy = { ...record }
  for (const name in copy) if (!names.has(name)) delete copy[name]
  return copy
}

/** A customer's memberships and counters, both without those that belong to no segment any more. */
export function withoutStale(
  { segments, counters }: Customer,
  { ids, keys }: CompiledSegments,
): Pick<Customer, 'segments' | 'counters'> {
  const isStale = counters.some((record) => record && Object.keys(record).some((key) => !keys.has(key)))
  return {
    segments: kept(segments, ids),
    counters: isStale ? counters.map((record) => record && kept(record, keys)) : counters,
  }
}
