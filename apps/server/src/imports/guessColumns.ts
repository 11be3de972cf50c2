/** `Order ID`, `order_id` and `orderId` are one name. */
export const bare = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '')

/**
 * Which column of a header holds what, by the names that are usual for it.
 *
 * @param synonyms the names of each field, the likeliest first
 * @returns for each field its column, from 0, or null
 */
export function guessColumns<Field extends string>(
  header: readonly string[],
  synonyms: Readonly<Record<Field, readonly string[]>>,
): Record<Field, number | null> {
  const names = header.map(bare)
  const guesses = Object.entries<readonly string[]>(synonyms).map(([field, candidates]) => {
    const found = candidates.map((one) => names.indexOf(bare(one))).find((place) => place >= 0)
    return [field, found ?? null]
  })
  return Object.fromEntries(guesses) as Record<Field, number | null>
}
