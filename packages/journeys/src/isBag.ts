export type Bag = Readonly<Record<string, unknown>>

/** Whether a value is an object with names, and no list. */
export const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
