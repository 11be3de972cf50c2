import type { TemplateSource } from '@ciclo/templates'
import { CicloError } from '../errors.ts'
import {
  deleteTemplateDraft,
  listTemplateVersions,
  readNewestTemplate,
  writeTemplate,
  type TemplateRow,
} from '../store/queries/templates.ts'
import { lockWorkspace } from '../store/queries/workspaces.ts'
import type { ReadTx, Tx } from '../store/store.ts'
import { ownTemplate, SHIPPED_AGAIN } from './ownTemplate.ts'
import { shippedTemplates } from './shippedTemplates.ts'
import { templateHash } from './templateHash.ts'

/** A shop has some dozens. */
const MOST_TEMPLATES = 500
/** Of one template; older ones stay, and another draft has to wait until somebody thinks about it. */
const MOST_VERSIONS = 10_000

/** What a template says now: its draft, else what is published, else what comes with Ciclo. */
export interface CurrentTemplate {
  source: TemplateSource
  hash: string
  of: 'draft' | 'published' | 'shipped'
  /** Of the workspace's own. */
  version: number | null
}

/**
 * The draft, else what mails are made of. Throws `not-found` where there is no such template at all.
 *
 * @param statuses of which versions, the first that there is; what comes with Ciclo is behind them all
 */
export async function currentTemplate(
  tx: ReadTx,
  workspaceId: string,
  name: string,
  statuses: readonly ('draft' | 'published')[] = ['draft', 'published'],
): Promise<CurrentTemplate> {
  for (const status of statuses) {
    const row = await readNewestTemplate(tx, workspaceId, name, status)
    const source = row && ownTemplate(row)
    if (row && source) return { source, hash: row.hash, of: status, version: row.version }
  }
  const source = (await shippedTemplates()).get(name)
  if (!source) throw new CicloError('not-found', `There is no template ${name}`)
  return { source, hash: templateHash(source), of: 'shipped', version: null }
}

const changed = (name: string, given: string, found: string) =>
  new CicloError(
    'conflict',
    `The template ${name} was changed meanwhile: given the hash "${given}", expected "${found}"; read it again`,
  )

async function nextVersion(tx: ReadTx, workspaceId: string, name: string): Promise<number> {
  const versions = await listTemplateVersions(tx, workspaceId, name)
  if (versions.length === 0) {
    const names = new Set((await listTemplateVersions(tx, workspaceId)).map((one) => one.name))
    if (names.size >= MOST_TEMPLATES)
      throw new CicloError(
        'bad-request',
        `There are ${MOST_TEMPLATES} own templates, expected at most as many`,
      )
  }
  if (versions.length >= MOST_VERSIONS)
    throw new CicloError(
      'bad-request',
      `There are ${MOST_VERSIONS} versions of ${name}, expected at most as many`,
    )
  return Math.max(0, ...versions.map(({ version }) => version)) + 1
}

export interface SavedTemplate {
  version: number
  hash: string
  /** What was there before. */
  before: string | null
}

/**
 * Writes the draft of a template, new or in the place of the one that there is.
 *
 * @param expected the hash of what it said when it was read; undefined where anything will do
 */
export async function saveTemplateDraft(
  tx: Tx,
  workspaceId: string,
  source: TemplateSource,
  { expected, now }: { expected: string | undefined; now: number },
): Promise<SavedTemplate> {
  const { name } = source
  await lockWorkspace(tx, workspaceId)
  const current = await currentTemplate(tx, workspaceId, name).catch((error: unknown) => {
    if (error instanceof CicloError && error.code === 'not-found') return undefined
    throw error
  })
  if (expected !== undefined && expected !== current?.hash)
    throw changed(name, expected, current?.hash ?? 'none')
  const draft = await readNewestTemplate(tx, workspaceId, name, 'draft')
  const version = draft?.version ?? (await nextVersion(tx, workspaceId, name))
  const hash = templateHash(source)
  await writeTemplate(tx, {
    workspaceId,
    name,
    version,
    status: 'draft',
    source,
    hash,
    createdAt: draft?.createdAt ?? now,
    publishedAt: null,
  })
  return { version, hash, before: current?.hash ?? null }
}

export async function expectDraft(tx: ReadTx, workspaceId: string, name: string): Promise<TemplateRow> {
  const draft = await readNewestTemplate(tx, workspaceId, name, 'draft')
  if (!draft)
    throw new CicloError('conflict', `The template ${name} has no draft: there is nothing to publish`)
  return draft
}

/** Publishes the draft that was looked at: the next mail is made of it. Throws `conflict` if it is another by now. */
export async function publishTemplate(
  tx: Tx,
  workspaceId: string,
  { name, hash }: { name: string; hash: string },
  now: number,
): Promise<TemplateRow> {
  await lockWorkspace(tx, workspaceId)
  const draft = await expectDraft(tx, workspaceId, name)
  if (draft.hash !== hash) throw changed(name, hash, draft.hash)
  const published: TemplateRow = { ...draft, status: 'published', publishedAt: now }
  await writeTemplate(tx, published)
  return published
}

/** From now on mails are made of the template that comes with Ciclo, as it is in each of its releases. */
export async function useShippedTemplate(
  tx: Tx,
  workspaceId: string,
  name: string,
  now: number,
): Promise<number> {
  if (!(await shippedTemplates()).has(name))
    throw new CicloError('bad-request', `name: given "${name}", expected a template that comes with Ciclo`)
  await lockWorkspace(tx, workspaceId)
  const published = await readNewestTemplate(tx, workspaceId, name, 'published')
  if (!published || ownTemplate(published) === null)
    throw new CicloError('conflict', `Mails are made of the shipped template ${name} already`)
  const draft = await readNewestTemplate(tx, workspaceId, name, 'draft')
  // The draft stays what it is, behind the version that is published now.
  if (draft) await deleteTemplateDraft(tx, workspaceId, name)
  const version = draft?.version ?? (await nextVersion(tx, workspaceId, name))
  const own = { workspaceId, name, createdAt: now }
  await writeTemplate(tx, {
    ...own,
    version,
    status: 'published',
    source: SHIPPED_AGAIN,
    hash: 'shipped',
    publishedAt: now,
  })
  if (draft) await writeTemplate(tx, { ...draft, version: version + 1 })
  return version
}

export async function dropTemplateDraft(
  tx: Tx,
  workspaceId: string,
  name: string,
  expected: string | undefined,
): Promise<void> {
  await lockWorkspace(tx, workspaceId)
  const draft = await readNewestTemplate(tx, workspaceId, name, 'draft')
  if (!draft) throw new CicloError('not-found', `The template ${name} has no draft`)
  if (expected !== undefined && expected !== draft.hash) throw changed(name, expected, draft.hash)
  await deleteTemplateDraft(tx, workspaceId, name)
}
