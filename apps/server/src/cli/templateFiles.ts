import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { TemplateSource } from '@ciclo/templates'
import { CicloError } from '../errors.ts'
import { expectValid } from '../expectValid.ts'
import { TemplateNameSchema } from '../routes/templateSchemas.ts'
import { readTextFile } from './readTextFile.ts'

/** A template in a folder of its own, as the shipped ones are: `template.mjml`, `en.json`, `pl.formal.json`. */
export interface TemplateFolder {
  /** As it is called in messages. */
  folder: string
  source: TemplateSource
}

const MJML = 'template.mjml'
const MORE = 'template.json'
const STRINGS = /^([a-z]{2,3})(\.formal)?\.json$/

async function readJson(path: string, called: string): Promise<unknown> {
  const text = await readTextFile(path)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new CicloError('bad-request', `${called}: ${(cause as Error).message}`, { cause })
  }
}

async function readTemplateFolder(path: string, base: string): Promise<TemplateFolder> {
  const folder = relative(base, path) || '.'
  const name = expectValid(TemplateNameSchema, path.split(/[\\/]/).at(-1), `${folder}: the folder's name`)
  const strings: Record<string, unknown> = {}
  const formal: Record<string, unknown> = {}
  for (const file of readdirSync(path).toSorted()) {
    const [, locale, isFormal] = STRINGS.exec(file) ?? []
    if (locale === undefined) continue
    const kind = isFormal === undefined ? strings : formal
    kind[locale] = await readJson(join(path, file), join(folder, file))
  }
  const more = existsSync(join(path, MORE)) ? await readJson(join(path, MORE), join(folder, MORE)) : {}
  const given = {
    ...(more as object),
    name,
    mjml: await readTextFile(join(path, MJML)),
    strings,
    ...(Object.keys(formal).length > 0 ? { formal } : {}),
  }
  return { folder, source: expectValid(TemplateSource.strict(), given, folder) }
}

/** The templates of a folder of folders: all, or those that are named. Throws `bad-request` where one cannot be read. */
export async function readTemplateFolders(
  from: string,
  names: readonly string[],
  base: string,
): Promise<TemplateFolder[]> {
  const path = resolve(base, from)
  if (!existsSync(path)) throw new CicloError('bad-request', `${path}: there is no such folder`)
  const found = readdirSync(path).filter(
    (entry) => statSync(join(path, entry)).isDirectory() && existsSync(join(path, entry, MJML)),
  )
  for (const name of names)
    if (!found.includes(name))
      throw new CicloError('bad-request', `${join(path, name)}: expected a folder with ${MJML} in it`)
  const wanted = (names.length > 0 ? names : found).toSorted()
  if (wanted.length === 0)
    throw new CicloError('bad-request', `${path}: expected folders, each with ${MJML} and en.json`)
  const folders: TemplateFolder[] = []
  for (const name of wanted) folders.push(await readTemplateFolder(join(path, name), base))
  return folders
}

const asJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

const isSaid = ([, texts]: [string, Readonly<Record<string, string>>]) => Object.keys(texts).length > 0

/** The files that a template is written as, by their names. */
function filesOf({ mjml, strings, formal = {}, name: _name, ...more }: TemplateSource): Map<string, string> {
  return new Map([
    [MJML, mjml],
    ...Object.entries(strings).map(([locale, texts]): [string, string] => [`${locale}.json`, asJson(texts)]),
    ...Object.entries(formal)
      .filter(isSaid)
      .map(([locale, texts]): [string, string] => [`${locale}.formal.json`, asJson(texts)]),
    ...(Object.keys(more).length > 0 ? [[MORE, asJson(more)] as const] : []),
  ])
}

/** What writing a template into its folder would do to files that are there: those that change, and those that go. */
export async function changedFiles(to: string, source: TemplateSource): Promise<string[]> {
  const path = join(to, source.name)
  if (!existsSync(path)) return []
  const files = filesOf(source)
  const known = readdirSync(path).filter((file) => file === MJML || file === MORE || STRINGS.test(file))
  const changed: string[] = []
  for (const file of known) {
    const text = files.get(file)
    if (text === undefined || text !== (await readTextFile(join(path, file)))) changed.push(file)
  }
  return changed
}

/** Writes a template into its folder; what of its files it has no more goes, anything else in it stays. */
export async function writeTemplateFolder(to: string, source: TemplateSource): Promise<void> {
  const path = join(to, source.name)
  await mkdir(path, { recursive: true })
  const files = filesOf(source)
  for (const file of readdirSync(path))
    if (!files.has(file) && (file === MORE || STRINGS.test(file))) await rm(join(path, file))
  for (const [file, text] of files) await writeFile(join(path, file), text)
}

/** Where a problem is, as `templates/welcome/template.mjml:12` or `templates/welcome/pl.json`. */
export function placeInFolder(
  folder: string,
  {
    locale,
    place,
  }: { locale: string | null; place: { line?: number | undefined; key?: string | undefined } },
): string {
  if (place.line !== undefined) return `${join(folder, MJML)}:${place.line}`
  if (place.key !== undefined && locale !== null) return `${join(folder, `${locale}.json`)} ${place.key}`
  return locale === null ? folder : `${folder} in ${locale}`
}
