import type { Liquid } from 'liquidjs'
import { z } from 'zod'
import { LOCALES } from './locale.ts'

const Locale = z.enum(LOCALES)
const Forms = z.record(z.string(), z.string())

/**
 * The filter `plural`: `{{ event.balance | plural: one: '# punkt', few: '# punkty', other: '# punktów' }}` takes the form
 * for the number by the rules of the mail's language (CLDR plural categories), `other` where that form is not given, and
 * puts the number in the place of `#`, written as that language writes it. What is no number stands there as it is.
 */
export function registerPlural(engine: Liquid): void {
  engine.registerFilter('plural', function (value: unknown, ...named: unknown[]) {
    const locale = Locale.parse(this.context.getSync(['locale']))
    const forms = Forms.parse(Object.fromEntries(named.filter((entry) => Array.isArray(entry))))
    const { other = '#' } = forms
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (typeof number !== 'number' || !Number.isFinite(number)) return other.replace('#', () => String(value))
    const form = forms[new Intl.PluralRules(locale).select(number)] ?? other
    return form.replace('#', new Intl.NumberFormat(locale).format(number))
  })
}
