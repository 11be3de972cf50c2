/** Those that the shop knows come first. */
export function withSeenFirst<Choice extends { value: string }>(
  choices: readonly Choice[],
  seen: readonly string[],
): Choice[] {
  const known = new Set(seen)
  return [
    ...choices.filter(({ value }) => known.has(value)),
    ...choices.filter(({ value }) => !known.has(value)),
  ]
}
