import { normaliseEmail } from '@ciclo/engine'
import {
  loadBlankTemplate,
  type RenderPool,
  type TemplateProblem,
  type TemplateSource,
} from '@ciclo/templates'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import { expectValid } from '../expectValid.ts'
import { readBytes } from '../ingest/readBody.ts'
import type { ReadMailData } from '../mail/readMailData.ts'
import { SHOWN_MAIL_POLICY, shownMail } from '../mail/shownMail.ts'
import type { TemplateCache } from '../mail/templateCache.ts'
import type { Senders } from '../sending/senders.ts'
import type { SendTest } from '../sending/sendTest.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { reachMilestone } from '../store/queries/milestones.ts'
import { readSettings } from '../store/queries/settings.ts'
import { listTemplateVersions, readTemplateVersion } from '../store/queries/templates.ts'
import type { Store, Tx } from '../store/store.ts'
import {
  currentTemplate,
  dropTemplateDraft,
  expectDraft,
  publishTemplate,
  saveTemplateDraft,
  useShippedTemplate,
} from '../templates/changeTemplate.ts'
import { readTemplateUse } from '../templates/journeysOfTemplate.ts'
import { readUsesOfTemplate } from '../templates/usesOfTemplate.ts'
import { ownTemplate } from '../templates/ownTemplate.ts'
import { createPreview } from '../templates/previewTemplate.ts'
import { shippedTemplates } from '../templates/shippedTemplates.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import { describer } from './describeApi.ts'
import { iso, isoOrNull } from './iso.ts'
import { expectedHash } from './journeyRequests.ts'
import {
  PublishedTemplateSchema,
  ShownMailSchema,
  TemplateSourceSchema,
  TemplateCheckSchema,
  TemplateDraftSchema,
  TemplateNameSchema,
  TemplatePreviewRequestSchema,
  TemplatePreviewSchema,
  TemplateRequestSchema,
  TemplateSchema,
  TemplatesSchema,
  TemplateTestRequestSchema,
  TemplateTestSchema,
  TemplateUsesSchema,
  TemplateVersionSchema,
} from './templateSchemas.ts'

const describe = describer('templates', 'There is no such template, or version of it')

/** MJML and strings in a dozen languages. */
const MOST_BYTES = 1024 * 1024
/** Of a mail in a form, where a letter may take nine bytes. */
const MOST_FORM_BYTES = 4 * 1024 * 1024

export interface TemplateRoutesOptions {
  store: Store
  templates: TemplateCache
  pool: RenderPool
  readMailData: ReadMailData
  senders: Pick<Senders, 'senderOf'>
  sendTest: SendTest
  publicUrl: () => string
  shopUrl: () => string
  now: () => number
  newId: () => string
}

const READING = { most: MOST_BYTES, mayBeEmpty: true }

const nameOf = (context: Context) => expectValid(TemplateNameSchema, context.req.param('name'), 'name')

function versionOf(given: string): number {
  if (!/^\d{1,9}$/.test(given))
    throw new CicloError('bad-request', `version: given "${given}", expected a number such as 2`)
  return Number(given)
}

/** The name in the address is the template's. */
const sourceOf = (name: string, request: z.infer<typeof TemplateRequestSchema>): TemplateSource => ({
  ...request,
  name,
})

/** Templates of the workspace: drafts, versions, what is wrong with them, and how they look. */
export function createTemplateRoutes(options: TemplateRoutesOptions) {
  const { store, templates, pool, senders, sendTest, now } = options
  const preview = createPreview(options)

  const record = async (
    tx: Tx,
    context: Context<ApiEnvironment>,
    action: string,
    details: Record<string, unknown>,
  ) => await insertAudit(tx, context.get('workspaceId'), [auditEntry(context, options, { action, details })])

  const check = async (workspaceId: string, source: TemplateSource): Promise<TemplateProblem[]> => {
    const { settings, purposes } = await store.read(async (tx) => ({
      settings: await readSettings(tx, workspaceId),
      ...(await readTemplateUse(tx, workspaceId, source.name)),
    }))
    const { brand, formality, locale } = settings
    return await pool.check(source, {
      brand,
      formality,
      locales: [locale.slice(0, 2)],
      ...(purposes.length > 0 ? { purposes } : {}),
    })
  }

  const save = async (
    context: Context<ApiEnvironment>,
    source: TemplateSource,
    { action, details }: { action: string; details: Record<string, unknown> },
  ) => {
    const workspaceId = context.get('workspaceId')
    const { name } = source
    const expected = expectedHash(context)
    const saved = await store.write(async (tx) => {
      const draft = await saveTemplateDraft(tx, workspaceId, source, { expected, now: now() })
      await record(tx, context, action, { name, ...draft, ...details })
      return draft
    })
    context.header('etag', `"${saved.hash}"`)
    const { version, hash } = saved
    return context.json({ name, version, hash, problems: await check(workspaceId, source) })
  }

  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe('All templates: own ones, and those that come with Ciclo', TemplatesSchema),
      async (context) => {
        const shipped = await shippedTemplates()
        const versions = await store.read((tx) => listTemplateVersions(tx, context.get('workspaceId')))
        const own = Map.groupBy(versions, ({ name }) => name)
        const names = [...new Set([...shipped.keys(), ...own.keys()])].toSorted()
        const purposes = new Map(
          await Promise.all(
            names.map(
              async (name) => [name, await templates.purposeOf(context.get('workspaceId'), name)] as const,
            ),
          ),
        )
        return context.json({
          templates: names.map((name) => {
            const rows = own.get(name) ?? []
            const published = rows.findLast(({ status }) => status === 'published')
            const isOwn = published !== undefined && published.hash !== 'shipped'
            return {
              name,
              uses: isOwn ? ('own' as const) : shipped.has(name) ? ('shipped' as const) : null,
              version: isOwn ? published.version : null,
              draft: rows.findLast(({ status }) => status === 'draft')?.version ?? null,
              isShipped: shipped.has(name),
              purpose: purposes.get(name) ?? null,
            }
          }),
        })
      },
    )
    .post(
      '/shown',
      describe(
        'A mail as a page for a frame: nothing in it does anything. The body is a form with `html` and `scheme`',
        z.string(),
      ),
      async (context) => {
        const { req } = context
        const bytes = await readBytes(req.raw, MOST_FORM_BYTES)
        const fields = Object.fromEntries(new URLSearchParams(bytes.toString('utf8')))
        const { html, scheme } = expectValid(ShownMailSchema, fields, 'form')
        context.header('content-security-policy', SHOWN_MAIL_POLICY)
        context.header('cache-control', 'no-store')
        context.header('referrer-policy', 'no-referrer')
        return context.html(shownMail(html, scheme))
      },
    )
    .get(
      '/:name',
      describe('One template: its draft, else what mails are made of, and its versions', TemplateSchema),
      async (context) => {
        const name = nameOf(context)
        const workspaceId = context.get('workspaceId')
        const { current, versions } = await store.read(async (tx) => ({
          current: await currentTemplate(tx, workspaceId, name),
          versions: await listTemplateVersions(tx, workspaceId, name),
        }))
        context.header('etag', `"${current.hash}"`)
        return context.json({
          name,
          ...current,
          versions: versions.map(({ version, status, hash, createdAt, publishedAt }) => ({
            version,
            status,
            hash,
            createdAt: iso(createdAt),
            publishedAt: isoOrNull(publishedAt),
          })),
        })
      },
    )
    .get(
      '/:name/live',
      describe(
        'What mails are made of now: the version that is published, or what comes with Ciclo',
        TemplateSourceSchema,
      ),
      async (context) => {
        const { source } = await store.read((tx) =>
          currentTemplate(tx, context.get('workspaceId'), nameOf(context), ['published']),
        )
        return context.json({ source })
      },
    )
    .get(
      '/:name/blank',
      describe('What a new template may begin with: the frame of the shipped ones', TemplateSourceSchema),
      async (context) => context.json({ source: await loadBlankTemplate(nameOf(context)) }),
    )
    .put(
      '/:name/draft',
      describe(
        'Writes the draft of a template; If-Match: the hash of what it said when it was read',
        TemplateDraftSchema,
        TemplateRequestSchema,
      ),
      async (context) => {
        const source = sourceOf(nameOf(context), await bodyOf(context, TemplateRequestSchema, READING))
        return await save(context, source, { action: 'template.draft.saved', details: {} })
      },
    )
    .delete(
      '/:name/draft',
      describe('Deletes the draft of a template', z.object({ name: z.string() })),
      async (context) => {
        const name = nameOf(context)
        await store.write(async (tx) => {
          await dropTemplateDraft(tx, context.get('workspaceId'), name, expectedHash(context))
          await record(tx, context, 'template.draft.deleted', { name })
        })
        return context.json({ name })
      },
    )
    .post(
      '/:name/publish',
      describe(
        'Publishes the draft, unless it has errors: the next mail is made of it',
        PublishedTemplateSchema,
      ),
      async (context) => {
        const name = nameOf(context)
        const workspaceId = context.get('workspaceId')
        const draft = await store.read((tx) => expectDraft(tx, workspaceId, name))
        const source = ownTemplate(draft)
        const expected = expectedHash(context) ?? draft.hash
        const problems = source ? await check(workspaceId, source) : []
        const errors = problems.filter(({ severity }) => severity === 'error')
        const [first] = errors
        if (first)
          throw new CicloError(
            'invalid-template',
            `The template ${name} cannot be published: ${errors.length} errors, the first: ${first.message}`,
            { problems },
          )
        const { version } = await store.write(async (tx) => {
          const published = await publishTemplate(tx, workspaceId, { name, hash: expected }, now())
          await record(tx, context, 'template.published', {
            name,
            version: published.version,
            hash: published.hash,
          })
          return published
        })
        templates.forget(workspaceId)
        return context.json({ name, version, problems })
      },
    )
    .post(
      '/:name/use-shipped',
      describe(
        'From now on mails are made of what comes with Ciclo again',
        z.object({ name: z.string(), version: z.int() }),
      ),
      async (context) => {
        const name = nameOf(context)
        const workspaceId = context.get('workspaceId')
        const version = await store.write(async (tx) => {
          const published = await useShippedTemplate(tx, workspaceId, name, now())
          await record(tx, context, 'template.shipped.used', { name, version: published })
          return published
        })
        templates.forget(workspaceId)
        return context.json({ name, version })
      },
    )
    .get(
      '/:name/uses',
      describe('Which journeys and campaigns send a template', TemplateUsesSchema),
      async (context) => {
        const name = nameOf(context)
        const workspaceId = context.get('workspaceId')
        const uses = await store.read(async (tx) => {
          await currentTemplate(tx, workspaceId, name)
          return await readUsesOfTemplate(tx, workspaceId, name)
        })
        return context.json(uses)
      },
    )
    .get(
      '/:name/versions/:version',
      describe('One version of a template', TemplateVersionSchema),
      async (context) => {
        const { row, source } = await foundVersion(context)
        const { name, version, status, hash, createdAt, publishedAt } = row
        const times = { createdAt: iso(createdAt), publishedAt: isoOrNull(publishedAt) }
        return context.json({ name, version, status, hash, ...times, source })
      },
    )
    .post(
      '/:name/versions/:version/restore',
      describe('Makes what a version says the draft', TemplateDraftSchema),
      async (context) => {
        const { row, source } = await foundVersion(context)
        return await save(context, source, { action: 'template.restored', details: { from: row.version } })
      },
    )
    .post(
      '/:name/check',
      describe('What is wrong with a template; saves nothing', TemplateCheckSchema, TemplateRequestSchema),
      async (context) => {
        const source = sourceOf(nameOf(context), await bodyOf(context, TemplateRequestSchema, READING))
        return context.json({ problems: await check(context.get('workspaceId'), source) })
      },
    )
    .post(
      '/:name/preview',
      describe(
        'How a template looks with the data of a customer, or with made-up data',
        TemplatePreviewSchema,
        TemplatePreviewRequestSchema,
      ),
      async (context) => {
        const name = nameOf(context)
        const { source, ...asked } = await bodyOf(context, TemplatePreviewRequestSchema, READING)
        const workspaceId = context.get('workspaceId')
        const written = source && sourceOf(name, source)
        const { mail, purpose, problems } = await preview(workspaceId, { name, ...asked, source: written })
        return context.json({ ...mail, purpose, problems })
      },
    )
    .post(
      '/:name/test',
      describe(
        'Sends what a preview shows to an address, marked [Test]; nothing of it is kept or counted',
        TemplateTestSchema,
        TemplateTestRequestSchema,
      ),
      async (context) => {
        const name = nameOf(context)
        const { source, to: given, ...asked } = await bodyOf(context, TemplateTestRequestSchema, READING)
        const workspaceId = context.get('workspaceId')
        const to = normaliseEmail(given)
        if (to === undefined)
          throw new CicloError('bad-request', `to: given "${given}", expected an e-mail address`)
        const written = source && sourceOf(name, source)
        const { mail, purpose } = await preview(workspaceId, { name, ...asked, source: written })
        const sender = await store.read((tx) => senders.senderOf(tx, workspaceId, purpose, null))
        const { taken, response } = await sendTest(sender, { to, ...mail })
        await store.write(async (tx) => {
          if (taken) await reachMilestone(tx, workspaceId, 'test-mail', now())
          await record(tx, context, 'template.tested', { name, taken, purpose })
        })
        return context.json({ to, subject: `[Test] ${mail.subject}`, taken, response })
      },
    )

  async function foundVersion(context: Context<ApiEnvironment>) {
    const name = nameOf(context)
    const version = versionOf(context.req.param('version') ?? '')
    const row = await store.read((tx) => readTemplateVersion(tx, context.get('workspaceId'), name, version))
    const source = row && ownTemplate(row)
    if (!row || !source)
      throw new CicloError('not-found', `There is no version ${version} of the template ${name}`)
    return { row, source }
  }
}
