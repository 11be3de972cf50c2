/** The separators that files come with, and what they are called. */
export const DELIMITERS = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' } as const
type Delimiter = keyof typeof DELIMITERS

/** The separator that the header has most of, quoted cells left out; a comma where it has none. */
export function delimiterOf(header: string): Delimiter {
  const bare = header.replaceAll(/"[^"]*"/g, '')
  const widthBy = (delimiter: string) => bare.split(delimiter).length
  return (['\t', ';'] as const).reduce<Delimiter>(
    (best, delimiter) => (widthBy(delimiter) > widthBy(best) ? delimiter : best),
    ',',
  )
}
