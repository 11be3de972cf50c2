/**
 * Splits the values of a call in Segment's form, `(name?, name?, object?, object?)`, into the names and the objects. The
 * objects are copies, because the page may change its own before the event is sent.
 */
export const readCall = (values: unknown[]) => {
  const names = values.filter((value) => /^(st|nu)/.test(typeof value)).map(String)
  const bags = values.filter((value) => value && typeof value === 'object')
  const [bag = {}, options = {}] = JSON.parse(JSON.stringify(bags)) as Record<string, unknown>[]
  return { names, bag, options }
}
