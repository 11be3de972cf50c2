import type { z } from 'zod'
import { formOf, type FieldForm } from './fields.ts'

/** Stands for the key of a text that a section does not show: writing it to one that does makes a new string. */
export const NEW_TEXT = '(new)'

export type SectionValues = Record<string, string | number | boolean>

/** Brackets a value's name in what is written for a pattern; no mail has these. */
const OPEN = '\u{e000}'
const CLOSE = '\u{e001}'
const HOLE = new RegExp(`${OPEN}(\\w+)${CLOSE}`, 'g')

/** What can stand where a value was written. */
const HOLES: Partial<Record<FieldForm['form'], string>> = {
  text: `([^'"{}<>]{1,100})`,
  number: '(\\d{1,4})',
  url: '([^"<>]*)',
  word: '([\\w-]{1,40})',
}

/**
 * Makes a reader of a writer: it writes once for each combination of choices with a mark where a value goes, and what
 * fits one of these texts, but for white space, is what the writer makes of the values found. So whatever is read can
 * be written again, and nothing of it is lost.
 */
export function deriveReader(
  schema: z.ZodObject,
  write: (values: never) => string,
): (mjml: string) => SectionValues | undefined {
  const fields = Object.entries(schema.shape).map(
    ([name, field]) => [name, formOf(field as z.ZodType)] as const,
  )
  let patterns: { fixed: SectionValues; names: string[]; expression: RegExp }[] | undefined

  const patternOf = (values: SectionValues) => {
    const names: string[] = []
    const expression = escapePattern(write(values as never)).replace(HOLE, (_hole, name: string) => {
      if (names.includes(name)) return `\\${names.indexOf(name) + 1}`
      names.push(name)
      return HOLES[fields.find(([field]) => field === name)?.[1].form ?? 'word'] ?? ''
    })
    const fixed = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, isHole(value) ? blank(fields, name) : value]),
    )
    return { fixed, names, expression: new RegExp(`^${expression}$`) }
  }

  return (mjml) => {
    patterns ??= combinations(fields).map(patternOf)
    const squashed = mjml.trim()
    for (const { fixed, names, expression } of patterns) {
      const found = expression.exec(squashed)
      if (found === null) continue
      const values = { ...fixed }
      for (const [index, name] of names.entries()) {
        const form = fields.find(([field]) => field === name)?.[1].form
        const raw = found[index + 1] ?? ''
        values[name] = form === 'number' ? Number(raw) : form === 'url' ? raw.replaceAll('&amp;', '&') : raw
      }
      const checked = schema.safeParse(values)
      if (checked.success && squash(write(values as never)) === squash(squashed)) return values
    }
    return undefined
  }
}

type Fields = readonly (readonly [string, FieldForm])[]

const isHole = (value: unknown): boolean => typeof value === 'string' && value.startsWith(OPEN)

/** The value of a field that a text does not show. */
function blank(fields: Fields, name: string): string | number {
  const form = fields.find(([field]) => field === name)?.[1]
  if (form?.form === 'number') return form.min
  if (form?.form === 'word') return name
  return form?.form === 'text' && !form.isOptional ? NEW_TEXT : ''
}

function combinations(fields: Fields): SectionValues[] {
  let all: SectionValues[] = [{}]
  for (const [name, form] of fields) {
    const values = valuesOf(name, form)
    all = all.flatMap((before) => values.map((value) => ({ ...before, [name]: value })))
  }
  return all
}

function valuesOf(name: string, form: FieldForm): (string | boolean)[] {
  const hole = `${OPEN}${name}${CLOSE}`
  if (form.form === 'choice') return [...form.options]
  if (form.form === 'flag') return [false, true]
  return form.form === 'text' && form.isOptional ? [hole, ''] : [hole]
}

const squash = (text: string): string => text.trim().replace(/\s+/g, ' ')

const escapePattern = (text: string): string =>
  text
    .trim()
    .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replace(/\s+/g, '\\s+')
