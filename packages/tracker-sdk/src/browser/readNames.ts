/**
 * Splits the values of a call in Segment's form, `(name?, name?, object?)`, into the names and the object. The object is
 * a copy, because the page may change its own before the event is sent.
 */
export const readNames = (values: unknown[]): [names: string[], bag: Record<string, unknown>] => {
  const names = values.filter((value) => typeof value === 'string' || typeof value === 'number')
  const bag = values.find((value) => typeof value === 'object' && value !== null)
  return [names.map(String), bag ? (JSON.parse(JSON.stringify(bag)) as Record<string, unknown>) : {}]
}
