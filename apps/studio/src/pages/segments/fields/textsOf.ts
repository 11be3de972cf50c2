/** A list of words in a condition that `isShowable` has let through. */
export const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
