import { z } from 'zod'
import type { StarterText } from './starterTexts.ts'

/** How a form asks for a value, and what stands for it in the MJML. */
export type FieldForm =
  | {
      form: 'text'
      starter: StarterText
      isLong: boolean
      isShared: boolean
      isTranslated: boolean
      isOptional: boolean
    }
  | { form: 'choice'; options: readonly string[] }
  | { form: 'flag' }
  | { form: 'number'; min: number; max: number; unit: 'px' | 'count' }
  | { form: 'url'; isPicture: boolean }
  | { form: 'word' }

const FORMS = z.registry<FieldForm>()

/** How a form asks for the value of a schema that one of the functions below has made. */
export function formOf(schema: z.ZodType): FieldForm {
  const form = FORMS.get(schema)
  if (form === undefined) throw new Error('a field of a section is made by the functions of fields.ts')
  return form
}

interface TextOptions {
  isLong?: boolean
  /** Labels such as "Valid until" that all sections of a template have in common. */
  isShared?: boolean
  /** Good as it is for most: it begins in every language that Ciclo speaks, as labels do. */
  isTranslated?: boolean
  /** `''` leaves it out. */
  isOptional?: boolean
}

/** The key of a string: what it says stands in the strings of each language. */
export function text(
  starter: StarterText,
  { isLong = false, isShared = false, isTranslated = isShared, isOptional = false }: TextOptions = {},
): z.ZodString {
  const key = z.string().regex(isOptional ? /^[^'"{}<>]{0,100}$/ : /^[^'"{}<>]{1,100}$/)
  FORMS.add(key, { form: 'text', starter, isLong, isShared, isTranslated, isOptional })
  return key
}

export function choice<const Options extends readonly [string, ...string[]]>(options: Options) {
  const schema = z.enum(options)
  FORMS.add(schema, { form: 'choice', options })
  return schema
}

export function flag() {
  const schema = z.boolean()
  FORMS.add(schema, { form: 'flag' })
  return schema
}

export function number(min: number, max: number, unit: 'px' | 'count') {
  const schema = z.int().min(min).max(max)
  FORMS.add(schema, { form: 'number', min, max, unit })
  return schema
}

/** An address, or a name of Liquid with the rest of one: `{{ shop.url }}/sale`. */
const ADDRESS = /^(?:(?:https?:\/\/|mailto:|tel:)[^\s"'<>{}]+|\{\{ ?[a-zA-Z_][\w.]* ?\}\}[^\s"'<>{}]*)?$/

export function url({ isPicture = false } = {}) {
  const schema = z.string().max(2_000).regex(ADDRESS)
  FORMS.add(schema, { form: 'url', isPicture })
  return schema
}

/** A short name for programs, such as an answer's. */
export function word() {
  const schema = z.string().regex(/^[\w-]{1,40}$/)
  FORMS.add(schema, { form: 'word' })
  return schema
}

/** How a string is shown. */
export const show = (key: string): string => `{{ '${key}' | t }}`

/** What an attribute takes. */
export const attribute = (value: string): string => value.replaceAll('&', '&amp;')

/** Puts elements under a condition that Liquid checks. */
export const onlyIf = (condition: string, mjml: string): string =>
  `<mj-raw>{% if ${condition} %}</mj-raw>
${mjml}
<mj-raw>{% endif %}</mj-raw>`
