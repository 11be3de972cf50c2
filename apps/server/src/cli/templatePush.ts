import type { TemplateSource } from '@ciclo/templates'
import type { z } from 'zod'
import { CicloError } from '../errors.ts'
import {
  PublishedTemplateSchema,
  TemplateCheckSchema,
  TemplateDraftSchema,
  TemplateSchema,
} from '../routes/templateSchemas.ts'
import { templateHash } from '../templates/templateHash.ts'
import type { ApiTarget } from './apiTarget.ts'
import { isAgreed } from './isAgreed.ts'
import { harmless } from './quoted.ts'
import type { Surroundings } from './surroundings.ts'
import { placeInFolder, type TemplateFolder } from './templateFiles.ts'

export const templatePath = (name: string) => `/templates/${encodeURIComponent(name)}`

export type ServerTemplate = z.infer<typeof TemplateSchema>

export async function readServerTemplate({ request }: ApiTarget, name: string): Promise<ServerTemplate> {
  return TemplateSchema.parse(await (await request('GET', templatePath(name))).json())
}

/** As the API takes it: the name stands in the address. */
export const bodyOfTemplate = ({ name: _name, ...body }: TemplateSource) => body

/** Tells of everything that is wrong with templates in files; returns how many errors there are. */
export async function checkFolders(
  { request }: ApiTarget,
  folders: readonly TemplateFolder[],
  warn: Surroundings['warn'],
): Promise<number> {
  let errors = 0
  for (const { folder, source } of folders) {
    const response = await request('POST', `${templatePath(source.name)}/check`, bodyOfTemplate(source))
    const { problems } = TemplateCheckSchema.parse(await response.json())
    for (const problem of problems) {
      if (problem.severity === 'error') errors += 1
      warn(harmless(`${placeInFolder(folder, problem)}: ${problem.severity}: ${problem.message}`))
    }
  }
  return errors
}

async function knownTemplate(target: ApiTarget, name: string): Promise<ServerTemplate | undefined> {
  try {
    return await readServerTemplate(target, name)
  } catch (error) {
    if (error instanceof CicloError && error.code === 'not-found') return undefined
    throw error
  }
}

/** Writes templates from files to the server, as drafts, or published. Returns the exit code. */
export async function pushTemplates(
  target: ApiTarget,
  folders: readonly TemplateFolder[],
  { publish = false, yes }: { publish?: boolean; yes?: boolean },
  surroundings: Surroundings,
): Promise<number> {
  const { say, warn } = surroundings
  const errors = await checkFolders(target, folders, warn)
  if (publish && errors > 0) {
    warn('Nothing was saved: a template with errors cannot be published')
    return 2
  }
  const changed: { source: TemplateSource; server: ServerTemplate | undefined }[] = []
  const published: string[] = []
  for (const { source } of folders) {
    const { name } = source
    const server = await knownTemplate(target, name)
    const isSame = server?.hash === templateHash(source)
    say(`${name}: ${isSame ? 'unchanged' : server ? 'changed' : 'new'}`)
    if (!isSame) changed.push({ source, server })
    if (publish && (!isSame || server?.of === 'draft')) published.push(name)
  }
  const work = [
    ...(changed.length > 0 ? [`save ${changed.length}`] : []),
    ...(published.length > 0 ? [`publish ${published.length}`] : []),
  ]
  if (work.length === 0) return 0
  if (!(await isAgreed(`On ${target.description}: ${work.join(' and ')}?`, yes, surroundings))) return 2
  for (const { source, server } of changed) {
    const seen = server ? { 'if-match': `"${server.hash}"` } : {}
    const path = `${templatePath(source.name)}/draft`
    const response = await target.request('PUT', path, bodyOfTemplate(source), seen)
    const { version } = TemplateDraftSchema.parse(await response.json())
    say(`${source.name}: saved as version ${version}, a draft`)
  }
  for (const name of published) {
    const response = await target.request('POST', `${templatePath(name)}/publish`)
    const { version } = PublishedTemplateSchema.parse(await response.json())
    say(`${name}: version ${version} is published`)
  }
  return 0
}
