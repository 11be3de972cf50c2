import { readdir, readFile } from 'node:fs/promises'
import { composeMjml } from './composeMjml.ts'
import { LOCALES, perLocale } from './locale.ts'
import { TemplateSource } from './templateSource.ts'

const EMAILS = new URL('../emails/', import.meta.url)

/**
 * The shipped e-mails by name, each with the shared layout and its strings already put in.
 *
 * A folder of `emails/` is one e-mail: its body `template.mjml`, and its strings per language. Bodies are shared by
 * slots: `<!-- slot: letter -->` stands for `_parts/letter.mjml`, which is made of slots itself (`opening`, `text`,
 * `shopButton`, `signature`). So most bodies are one line, and those of their own kind mix slots with MJML. A part's
 * strings are the e-mail's own, or those that all share in `_layout`.
 */
export async function loadShippedTemplates(): Promise<TemplateSource[]> {
  const entries = await readdir(EMAILS, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
  const [{ layout = '', ...frame }, parts, shared] = await Promise.all([
    readParts('_layout'),
    readParts('_parts'),
    readStrings('_layout'),
  ])

  const load = async (name: string): Promise<TemplateSource> => {
    const [body, own] = await Promise.all([readText(`${name}/template.mjml`), readStrings(name)])
    const mjml = composeMjml(layout, { ...parts, ...frame, body })
    return { name, mjml, strings: perLocale((locale) => ({ ...shared[locale], ...own[locale] })) }
  }
  const names = folders.map(({ name }) => name).toSorted()
  return Promise.all(names.map(load))
}

/** The MJML files of a folder by their names without `.mjml`. */
async function readParts(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(new URL(folder, EMAILS))).filter((file) => file.endsWith('.mjml'))
  const read = async (file: string) => [file.slice(0, -'.mjml'.length), await readText(`${folder}/${file}`)]
  return Object.fromEntries(await Promise.all(files.map(read))) as Record<string, string>
}

async function readStrings(folder: string): Promise<TemplateSource['strings']> {
  const read = async (locale: string): Promise<[string, unknown]> => {
    return [locale, JSON.parse(await readText(`${folder}/${locale}.json`))]
  }
  const entries = await Promise.all(LOCALES.map(read))
  return TemplateSource.shape.strings.parse(Object.fromEntries(entries))
}

function readText(path: string): Promise<string> {
  return readFile(new URL(path, EMAILS), 'utf8')
}
