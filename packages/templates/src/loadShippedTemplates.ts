import { readdir, readFile } from 'node:fs/promises'
import { z } from 'zod'
import { composeMjml } from './composeMjml.ts'
import { findStringKeys } from './findStringKeys.ts'
import { LOCALES, perLocale, type Locale } from './locale.ts'
import { TemplateSource } from './templateSource.ts'

const EMAILS = new URL('../emails/', import.meta.url)

const TextsSchema = z.record(z.string(), z.string())
const MoreSchema = TemplateSource.pick({ purpose: true, afterCrash: true }).strict()

/** A template that comes with Ciclo: in every language of its own. */
export interface ShippedTemplate extends TemplateSource {
  strings: Record<Locale, Readonly<Record<string, string>>>
}

/**
 * The shipped e-mails by name, each with the shared layout and its strings already put in.
 *
 * A folder of `emails/` is one e-mail: its body `template.mjml`, and its strings per language. Bodies are shared by
 * slots: `<!-- slot: letter -->` stands for `_parts/letter.mjml`, which is made of slots itself (`opening`, `text`,
 * `shopButton`, `signature`). So most bodies are one line, and those of their own kind mix slots with MJML. A part's
 * strings are the e-mail's own, or those that all share in `_layout`. `pl.formal.json` has those of them that a shop
 * words otherwise that is formal with its customers.
 */
export async function loadShippedTemplates(): Promise<ShippedTemplate[]> {
  const entries = await readdir(EMAILS, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
  return await loadEmails(folders.map(({ name }) => name).toSorted())
}

/** What a template of one's own may begin with: the shared frame around a heading and a text. */
export async function loadBlankTemplate(name: string): Promise<ShippedTemplate> {
  const [blank] = await loadEmails(['_blank'])
  if (!blank) throw new Error('There is no folder _blank among the e-mails')
  return { ...blank, name }
}

async function loadEmails(names: readonly string[]): Promise<ShippedTemplate[]> {
  const [{ layout = '', ...frame }, parts, shared] = await Promise.all([
    readParts('_layout'),
    readParts('_parts'),
    readStrings('_layout'),
  ])

  const load = async (name: string): Promise<ShippedTemplate> => {
    const [body, own, more] = await Promise.all([
      readText(`${name}/template.mjml`),
      readStrings(name),
      readMore(name),
    ])
    const mjml = composeMjml(layout, { ...parts, ...frame, body })
    // Of the shared strings those that it shows, so that each of a template's strings means something in it.
    const used = new Set(findStringKeys(name, mjml).map(({ key }) => key))
    const sharedBy = (texts: Texts) =>
      Object.fromEntries(Object.entries(texts).filter(([key]) => used.has(key)))
    const merge = (kind: 'strings' | 'formal') =>
      perLocale((locale) => ({ ...sharedBy(shared[kind][locale]), ...own[kind][locale] }))
    const formal = Object.entries(merge('formal')).filter(([, texts]) => Object.keys(texts).length > 0)
    return {
      ...more,
      name,
      mjml,
      strings: merge('strings'),
      ...(formal.length > 0 ? { formal: Object.fromEntries(formal) } : {}),
    }
  }
  return Promise.all(names.map(load))
}

/** The MJML files of a folder by their names without `.mjml`. */
async function readParts(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(new URL(folder, EMAILS))).filter((file) => file.endsWith('.mjml'))
  const read = async (file: string) => [file.slice(0, -'.mjml'.length), await readText(`${folder}/${file}`)]
  return Object.fromEntries(await Promise.all(files.map(read))) as Record<string, string>
}

type Texts = Readonly<Record<string, string>>
type PerLocale = Record<Locale, Texts>

/** The strings of a folder, and those of them that have a formal wording. */
async function readStrings(folder: string): Promise<{ strings: PerLocale; formal: PerLocale }> {
  const files = await readdir(new URL(`${folder}/`, EMAILS))
  const read = async (file: string): Promise<Texts> =>
    files.includes(file) ? TextsSchema.parse(JSON.parse(await readText(`${folder}/${file}`))) : {}
  const texts = new Map<string, Texts>()
  for (const locale of LOCALES)
    for (const file of [`${locale}.json`, `${locale}.formal.json`]) texts.set(file, await read(file))
  return {
    strings: perLocale((locale) => texts.get(`${locale}.json`) ?? {}),
    formal: perLocale((locale) => texts.get(`${locale}.formal.json`) ?? {}),
  }
}

/** What `template.json` says of a mail, where there is one. */
async function readMore(folder: string): Promise<z.infer<typeof MoreSchema>> {
  const files = await readdir(new URL(`${folder}/`, EMAILS))
  return files.includes('template.json')
    ? MoreSchema.parse(JSON.parse(await readText(`${folder}/template.json`)))
    : {}
}

function readText(path: string): Promise<string> {
  return readFile(new URL(path, EMAILS), 'utf8')
}
