/** What a new segment begins with: a copy of another, or one of the examples. */
export interface SegmentSearch {
  from?: string
  example?: string
}

const textOf = (value: unknown) =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined

export function readSegmentSearch(given: Record<string, unknown>): SegmentSearch {
  const from = textOf(given['from'])
  const example = textOf(given['example'])
  return { ...(from === undefined ? {} : { from }), ...(example === undefined ? {} : { example }) }
}
