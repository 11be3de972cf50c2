type Bag = Record<string, unknown>

/** Whether two JSON values are the same, whatever the order of their keys: PostgreSQL's jsonb sorts them its own way. */
export function equalJson(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && equalJson((one as Bag)[name], (other as Bag)[name]))
  )
}
