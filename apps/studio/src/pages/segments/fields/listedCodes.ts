const LETTERS = Array.from({ length: 26 }, (_, place) => String.fromCodePoint(97 + place))
const PAIRS = LETTERS.flatMap((one) => LETTERS.map((other) => `${one}${other}`))

/** Groups of countries, and places that no list of addresses has. */
const NO_COUNTRIES = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ'])

interface Choice {
  value: string
  label: string
}

const sorted = (choices: Choice[], locale: string) =>
  choices.toSorted((one, other) => one.label.localeCompare(other.label, locale))

/** Asking for all of them takes some milliseconds: once for each language of a reader. */
function onceFor(list: (locale: string) => Choice[]): (locale: string) => Choice[] {
  const known = new Map<string, Choice[]>()
  return (locale) => {
    const choices = known.get(locale) ?? list(locale)
    known.set(locale, choices)
    return choices
  }
}

/** All languages of two letters that have a name in the reader's language. */
export const listedLanguages = onceFor((locale) => {
  const names = new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' })
  const known = PAIRS.filter((code) => Intl.getCanonicalLocales(code)[0] === code)
  return sorted(
    known.flatMap((value) => {
      const label = names.of(value)
      return label === undefined ? [] : [{ value, label }]
    }),
    locale,
  )
})

/** All countries that have a name in the reader's language. */
export const listedCountries = onceFor((locale) => {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' })
  const codes = PAIRS.map((code) => code.toUpperCase()).filter(
    (code) => !NO_COUNTRIES.has(code) && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`,
  )
  return sorted(
    codes.flatMap((value) => {
      const label = names.of(value)
      return label === undefined ? [] : [{ value, label }]
    }),
    locale,
  )
})
