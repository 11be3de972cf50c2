/** Where something stands in a journey: `['steps', 2, 'duration']`. */
export type Path = readonly (string | number)[]

/** What stands at a place; undefined where there is nothing. */
export const valueAtPath = (whole: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string | number, unknown>)[part]
        : undefined,
    whole,
  )

/** The whole with something else at a place; undefined takes away what is there. */
export function withValueAt(whole: unknown, path: Path, value: unknown): unknown {
  const [part, ...rest] = path
  if (part === undefined) return value
  if (Array.isArray(whole)) return whole.with(Number(part), withValueAt(whole[Number(part)], rest, value))
  const { [String(part)]: old, ...others } = (whole ?? {}) as Record<string, unknown>
  const inner = withValueAt(old, rest, value)
  return inner === undefined ? others : { ...others, [String(part)]: inner }
}
