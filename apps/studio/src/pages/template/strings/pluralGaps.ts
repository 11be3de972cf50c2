const PLURAL = /\|\s*plural\s*:([^}]*)/g
const FORM = /\b(zero|one|two|few|many|other)\s*:/g
/** Forms that only larger numbers have, such as the millions of Spanish, no mail needs. */
const COUNTED_TO = 200

const FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'] as const

/** The forms in which a language counts things (CLDR), `other` last: each language has it. */
function pluralForms(locale: string): string[] {
  const rules = new Intl.PluralRules(locale)
  const used = new Set<string>(Array.from({ length: COUNTED_TO + 1 }, (_, number) => rules.select(number)))
  return FORMS.filter((form) => form === 'other' || used.has(form))
}

/** Which forms of its language a text lacks that counts something. */
export function pluralGaps(text: string, locale: string): string[] {
  const missing = new Set<string>()
  for (const [, given = ''] of text.matchAll(PLURAL)) {
    const forms = new Set(Array.from(given.matchAll(FORM), ([, form]) => form))
    for (const form of pluralForms(locale)) if (!forms.has(form)) missing.add(form)
  }
  return [...missing]
}

/** A text that counts, with a place for each form of the language. */
export const pluralText = (locale: string): string =>
  `{{ event.points | plural: ${pluralForms(locale)
    .map((form) => `${form}: '# …'`)
    .join(', ')} }}`
