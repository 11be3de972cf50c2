import type { TemplateProblem } from './templateProblem.ts'

const keyOf = ({ severity, code, place, message }: TemplateProblem) =>
  JSON.stringify([severity, code, place.line, place.key, place.element, message])

/** Each problem once, errors first; one that is so in every language without a language. */
export function mergeProblems(
  problems: readonly TemplateProblem[],
  locales: readonly string[],
): TemplateProblem[] {
  const merged = [...Map.groupBy(problems, keyOf).values()].flatMap((same): TemplateProblem[] => {
    const [first] = same
    if (first === undefined) return []
    const found = new Set(same.map(({ locale }) => locale))
    if (found.has(null) || (locales.length > 1 && locales.every((locale) => found.has(locale))))
      return [{ ...first, locale: null }]
    return [...found].map((locale) => ({ ...first, locale }))
  })
  return merged.toSorted(
    (one, other) => Number(one.severity === 'warning') - Number(other.severity === 'warning'),
  )
}
