import type { z } from 'zod'
import type { EditableSource } from './editableSource.ts'
import { formOf, type FieldForm } from './kinds/fields.ts'
import { SECTION_KINDS, type KindName, type SectionValues } from './kinds/sectionKinds.ts'
import { STARTER_TEXTS } from './kinds/starterTexts.ts'
import { placeMjml, removeBlock, splice } from './placeMjml.ts'
import { readBlocks, type Block } from './readBlocks.ts'
import { fallbackOf, freeKey, keysIn, renameKeys, withMjml, withStrings } from './stringKeys.ts'

/** What a form asks for a kind of section, by the names of its values. */
export const fieldsOf = (kind: KindName): [name: string, form: FieldForm][] =>
  Object.entries(SECTION_KINDS[kind].schema.shape).map(([name, schema]) => [
    name,
    formOf(schema as z.ZodType),
  ])

/**
 * Adds a section of the catalogue before the one of that number. Its texts begin in the shown language and in the one
 * that others fall back to; what is missing in the others the check tells. Its labels come in every language that
 * Ciclo speaks.
 */
export function addSection<Source extends EditableSource>(
  source: Source,
  at: number,
  kind: KindName,
  { locale, values: given = {} }: { locale: string; values?: SectionValues },
): Source {
  const values: SectionValues = { ...SECTION_KINDS[kind].start, ...given }
  let next = source
  for (const [name, form] of fieldsOf(kind)) {
    if (form.form !== 'text' || values[name] !== undefined) continue
    const added = withText(next, form, locale)
    next = added.source
    values[name] = added.key
  }
  const { place, write } = SECTION_KINDS[kind]
  const mjml = placeMjml(next.mjml, at, place, write(values))
  return dropStrings({ ...next, mjml }, source, new Set(keysIn(mjml)))
}

type TextForm = Extract<FieldForm, { form: 'text' }>

function withText<Source extends EditableSource>(
  source: Source,
  { starter, isShared, isTranslated }: TextForm,
  locale: string,
): { source: Source; key: string } {
  const texts: Readonly<Record<string, string>> = STARTER_TEXTS[starter]
  const fallback = fallbackOf(source)
  const has = (one: string): boolean => Object.hasOwn(source.strings[one] ?? {}, starter)
  const isThere = isShared && has(fallback)
  const key =
    isThere || (isShared && !Object.keys(source.strings).some(has)) ? starter : freeKey(source, starter)
  const wanted = Object.keys(source.strings).filter((one) =>
    isTranslated ? Object.hasOwn(texts, one) || one === fallback : one === locale || one === fallback,
  )
  const added = wanted
    .filter((one) => source.strings[one]?.[key] === undefined)
    .map((one) => [one, { [key]: texts[one] ?? texts['en'] ?? '' }])
  // Shown somewhere, so that the next one looks for another name.
  return { source: withStrings(source, Object.fromEntries(added) as EditableSource['strings']), key }
}

/** Whether a value makes a difference to what a section with these values is: an address that leads nowhere does not. */
export function isShown(kind: KindName, values: SectionValues, name: string): boolean {
  const { write } = SECTION_KINDS[kind]
  const form = fieldsOf(kind).find(([field]) => field === name)?.[1]
  if (form === undefined || form.form === 'choice' || form.form === 'flag') return form !== undefined
  const others =
    form.form === 'number' ? [form.min, form.max] : [form.form === 'url' ? 'https://a.example/' : 'another']
  const written = write(values)
  return others.some((other) => write({ ...values, [name]: other }) !== written)
}

/** Takes a section out, and the strings that nothing shows any more. */
export function deleteSection<Source extends EditableSource>(source: Source, at: number): Source {
  const block = readBlocks(source.mjml)?.blocks[at]
  return block === undefined ? source : withMjml(source, removeBlock(source.mjml, block))
}

/** Moves a section before the one that now has that number. */
export function moveSection<Source extends EditableSource>(source: Source, from: number, to: number): Source {
  const block = readBlocks(source.mjml)?.blocks[from]
  if (block === undefined || to === from || to === from + 1) return source
  const without = removeBlock(source.mjml, block)
  const part = unindented(source.mjml, block)
  return { ...source, mjml: placeMjml(without, to > from ? to - 1 : to, block.place, part) }
}

/** Puts a copy behind a section. It has texts of its own that begin as the others. */
export function duplicateSection<Source extends EditableSource>(source: Source, at: number): Source {
  const block = readBlocks(source.mjml)?.blocks[at]
  if (block === undefined) return source
  const names = new Map<string, string>()
  let next = source
  for (const key of ownKeys(source, block)) {
    const name = freeKey(next, key)
    names.set(key, name)
    next = copyTexts(next, key, name)
  }
  const part = renameKeys(unindented(source.mjml, block), names)
  return { ...next, mjml: placeMjml(next.mjml, at + 1, block.place, part) }
}

/** Those that are not labels of the whole template. */
function ownKeys({ mjml }: EditableSource, block: Block): string[] {
  const keys = keysIn(mjml.slice(block.from, block.to))
  if (block.kind === 'elements' || block.kind === 'code') return keys
  const shared = new Set(
    fieldsOf(block.kind).flatMap(([name, form]) =>
      form.form === 'text' && form.isShared ? [block.values?.[name]] : [],
    ),
  )
  return keys.filter((key) => !shared.has(key))
}

function copyTexts<Source extends EditableSource>(source: Source, key: string, name: string): Source {
  const copied = (locales: EditableSource['strings']): EditableSource['strings'] =>
    Object.fromEntries(
      Object.entries(locales).map(([locale, texts]) => {
        const text = Object.hasOwn(texts, key) ? texts[key] : undefined
        return [locale, text === undefined ? texts : { ...texts, [name]: text }]
      }),
    )
  return {
    ...source,
    strings: copied(source.strings),
    ...(source.formal && { formal: copied(source.formal) }),
  }
}

/**
 * Writes other values of a section. A text that is shown now and was not gets a string; one that is shown no more
 * loses it.
 */
export function editSection<Source extends EditableSource>(
  source: Source,
  at: number,
  values: SectionValues,
  locale: string,
): Source {
  const block = readBlocks(source.mjml)?.blocks[at]
  if (block === undefined || block.kind === 'elements' || block.kind === 'code') return source
  let next = source
  const merged: SectionValues = { ...block.values, ...values }
  const shown = new Set(keysIn(source.mjml.slice(block.from, block.to)))
  const { schema, write } = SECTION_KINDS[block.kind]
  for (const [name, form] of fieldsOf(block.kind)) {
    // Any other key stands for a text that the section has not shown so far.
    const key = merged[name]
    if (form.form !== 'text' || key === '' || (typeof key === 'string' && shown.has(key))) continue
    const added = withText(next, form, locale)
    next = added.source
    merged[name] = added.key
  }
  if (!schema.safeParse(merged).success) return source
  const margin = /[ \t]*$/.exec(source.mjml.slice(0, block.from))?.[0] ?? ''
  const written = write(merged).replaceAll('\n', `\n${margin}`)
  const mjml = splice(next.mjml, block, written)
  const used = new Set([...keysIn(mjml), ...keysIn(source.mjml)])
  return dropStrings(withMjml(next, mjml), source, used)
}

/** Strings that were added for a text that its section does not show. */
function dropStrings<Source extends EditableSource>(
  source: Source,
  before: EditableSource,
  used: ReadonlySet<string>,
): Source {
  const strings = Object.fromEntries(
    Object.entries(source.strings).map(([locale, texts]) => [
      locale,
      Object.fromEntries(
        Object.entries(texts).filter(
          ([key]) => used.has(key) || Object.hasOwn(before.strings[locale] ?? {}, key),
        ),
      ),
    ]),
  )
  return { ...source, strings }
}

/** A section as if it began at the margin, as those of the catalogue do. */
function unindented(mjml: string, { from, to }: Block): string {
  const margin = /[ \t]*$/.exec(mjml.slice(0, from))?.[0] ?? ''
  return mjml.slice(from, to).replaceAll(`\n${margin}`, '\n')
}
