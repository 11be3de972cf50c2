import type { Liquid } from 'liquidjs'
import { z } from 'zod'

const Locale = z.string()
const Forms = z.record(z.string(), z.string())

/**
 * The filter `plural`: `{{ event.balance | plural: one: '# punkt', few: '# punkty', other: '# punktów' }}` takes the form
 * for the number by the rules of the mail's language (CLDR plural categories), `other` where that form is not given, and
 * puts the number in the place of `#`, written as that language writes it. What is no number stands there as it is.
 */
export function registerPlural(engine: Liquid): void {
  // Making one of `Intl` takes longer than rendering a whole mail.
  const words = new Map<string, { rules: Intl.PluralRules; numbers: Intl.NumberFormat }>()
  const wordsOf = (locale: string) => {
    const known = words.get(locale) ?? {
      rules: new Intl.PluralRules(locale),
      numbers: new Intl.NumberFormat(locale),
    }
    words.set(locale, known)
    return known
  }
  engine.registerFilter('plural', function (value: unknown, ...named: unknown[]) {
    const locale = Locale.parse(this.context.getSync(['locale']))
    const forms = Forms.parse(Object.fromEntries(named.filter((entry) => Array.isArray(entry))))
    const { other = '#' } = forms
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (typeof number !== 'number' || !Number.isFinite(number)) return other.replace('#', () => String(value))
    const { rules, numbers } = wordsOf(locale)
    const form = forms[rules.select(number)] ?? other
    return form.replace('#', numbers.format(number))
  })
}
