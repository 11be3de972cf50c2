import { DAY, isJudgedAlike, SettingsSchema, type Settings } from '@ciclo/engine'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import { expectValid } from '../expectValid.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import { JOURNEY_SCHEDULE } from '../journeys/schedule.ts'
import { isMembers, mergePatch } from '../mergePatch.ts'
import { parseJson } from '../parseJson.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { requestJob } from '../store/queries/jobs.ts'
import { readCurrentRules } from '../store/queries/rulesVersions.ts'
import { changeSettings, readSettings, readStoredSettings } from '../store/queries/settings.ts'
import type { Store } from '../store/store.ts'
import type { PreviewMail } from '../templates/previewTemplate.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import { describer, query } from './describeApi.ts'
import { expectMaySet } from './permissions.ts'
import { MailPreviewQuerySchema, PatchSchema, SettingsPreviewSchema } from './settingsSchemas.ts'

const describe = describer('settings', 'There is no such workspace')

/** Versions of what is secret only ever go up: set back, one would bring to life again what was closed. */
const RENEWED_AT = {
  identityKeyVersion: '/api/identity-key/renew',
  webhookSecretVersion: '/api/webhooks/secret/renew',
  feedbackHookVersion: '/api/feedback/hooks/renew',
} as const

/** What a patch names and the settings do not have: a misspelt setting must not look as if it had been set. */
function unknownIn(patch: unknown, settings: unknown, place = ''): string | undefined {
  if (!isMembers(patch) || !isMembers(settings)) return undefined
  for (const [name, value] of Object.entries(patch)) {
    const path = `${place}${name}`
    if (value !== null && !Object.hasOwn(settings, name)) return path
    const deeper = unknownIn(value, settings[name], `${path}.`)
    if (deeper !== undefined) return deeper
  }
  return undefined
}

/** Where null says something of its own, and is not what the setting is when it is left out. */
const NULL_SAYS_SOMETHING = ['vipShare'] as const

function settingsOf(stored: Record<string, unknown>, patch: unknown): Record<string, unknown> {
  const patched = mergePatch(stored, patch) as Record<string, unknown>
  if (isMembers(patch)) for (const name of NULL_SAYS_SOMETHING) if (patch[name] === null) patched[name] = null
  const settings = expectValid(SettingsSchema, patched, 'settings')
  const unknown = unknownIn(patch, settings)
  if (unknown !== undefined) throw new CicloError('bad-request', `${unknown}: there is no such setting`)
  return patched
}

function patchOf(patch: unknown): Record<string, unknown> {
  if (!isMembers(patch)) throw new CicloError('bad-request', 'settings: expected a JSON object')
  for (const [version, path] of Object.entries(RENEWED_AT))
    if (Object.hasOwn(patch, version)) throw new CicloError('bad-request', `${version}: use POST ${path}`)
  return patch
}

const bodyPatch = async (context: Context) =>
  patchOf(await bodyOf(context, z.unknown(), { whole: 'settings' }))

/**
 * A mail is by somebody who writes templates: it runs nothing, submits nothing, and is no page of this server's to
 * whatever is in it.
 */
const MAIL_POLICY =
  "default-src 'none'; img-src 'self' http: https: data:; style-src 'unsafe-inline'; form-action 'none'; " +
  "base-uri 'none'; frame-ancestors 'self'; sandbox"

const inDays = (duration: number) => Math.round((duration / DAY) * 10) / 10

const presentLines = ({ vip, ...limits }: Record<'atRisk' | 'lapsed' | 'lost' | 'vip', number>) => ({
  atRisk: inDays(limits.atRisk),
  lapsed: inDays(limits.lapsed),
  lost: inDays(limits.lost),
  vip,
})

export interface SettingsApiRoutesOptions {
  store: Store
  insight: InsightRunner
  previewMail: PreviewMail
  now: () => number
  newId: () => string
}

/** The settings of a workspace: all of them with their defaults, and changes as JSON Merge Patch (RFC 7396). */
export function createSettingsApiRoutes(options: SettingsApiRoutesOptions) {
  const { store, insight, previewMail, now, newId } = options

  /** The settings as they would be with a patch; nothing is saved. */
  const candidate = async (context: Context<ApiEnvironment>, patch: unknown): Promise<Settings> => {
    const stored = await store.read((tx) => readStoredSettings(tx, context.get('workspaceId')))
    return SettingsSchema.parse(settingsOf(stored, patch))
  }

  return new Hono<ApiEnvironment>()
    .get('/', describe('The settings of the workspace, defaults included', SettingsSchema), async (context) =>
      context.json(await store.read((tx) => readSettings(tx, context.get('workspaceId')))),
    )
    .patch(
      '/',
      describe(
        'Changes settings: a JSON Merge Patch, in which null brings the default back; for vipShare it says that no share is drawn',
        SettingsSchema,
        PatchSchema,
      ),
      async (context) => {
        const patch = await bodyPatch(context)
        expectMaySet(context.get('session'), patch)
        const workspaceId = context.get('workspaceId')
        const settings = await store.write(async (tx) => {
          const changed = await changeSettings(tx, workspaceId, now(), (stored) => settingsOf(stored, patch))
          // The shop's clock may show another time: what goes by it is looked at anew.
          if (Object.hasOwn(patch, 'shop')) await requestJob(tx, workspaceId, JOURNEY_SCHEDULE, now())
          const done = { action: 'settings.changed', details: { patch } }
          await insertAudit(tx, workspaceId, [auditEntry(context, { now, newId }, done)])
          return changed
        })
        return context.json(settings)
      },
    )
    .post(
      '/preview',
      describe(
        'Whom the settings would move with a merge patch; nothing is saved',
        SettingsPreviewSchema,
        PatchSchema,
      ),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const settings = await candidate(context, await bodyPatch(context))
        const current = await store.read((tx) => readCurrentRules(tx, workspaceId))
        const { signal } = context.req.raw
        const preview = await insight.run('settingsPreview', { workspaceId, settings, at: now() }, { signal })
        const { before, after } = preview.lines
        return context.json({
          ...preview,
          isJudging: !isJudgedAlike(current.settings, settings),
          lines: { before: presentLines(before), after: presentLines(after) },
        })
      },
    )
    .get(
      '/mail-preview',
      describe('A mail as it would look with a merge patch of settings: a page of its own', z.string()),
      query(MailPreviewQuerySchema),
      async (context) => {
        const { patch, template, locale, customerId } = context.req.valid('query')
        const parsed = parseJson(patch)
        const settings = await candidate(context, patchOf(parsed))
        const wanted = { name: template, locale, customerId, settings }
        const { mail } = await previewMail(context.get('workspaceId'), wanted)
        context.header('content-security-policy', MAIL_POLICY)
        context.header('cache-control', 'no-store')
        context.header('referrer-policy', 'no-referrer')
        return context.html(mail.html)
      },
    )
}
