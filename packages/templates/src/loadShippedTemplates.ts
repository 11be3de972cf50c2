import { readdir, readFile } from 'node:fs/promises'
import { composeMjml } from './composeMjml.ts'
import { LOCALES, perLocale } from './locale.ts'
import { TemplateSource } from './templateSource.ts'

const EMAILS = new URL('../emails/', import.meta.url)

/** The shipped e-mails by name, each with the shared layout and its strings already put in. */
export async function loadShippedTemplates(): Promise<TemplateSource[]> {
  const entries = await readdir(EMAILS, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
  const [layout, brand, header, footer, shared] = await Promise.all([
    readText('_layout/layout.mjml'),
    readText('_layout/brand.mjml'),
    readText('_layout/header.mjml'),
    readText('_layout/footer.mjml'),
    readStrings('_layout'),
  ])

  const load = async (name: string): Promise<TemplateSource> => {
    const [body, own] = await Promise.all([readText(`${name}/template.mjml`), readStrings(name)])
    const mjml = composeMjml(layout, { brand, header, body, footer })
    return { name, mjml, strings: perLocale((locale) => ({ ...shared[locale], ...own[locale] })) }
  }
  const names = folders.map(({ name }) => name).toSorted()
  return Promise.all(names.map(load))
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
