import { SettingsSchema } from '@ciclo/engine'
import { Hono } from 'hono'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import { expectValid } from '../expectValid.ts'
import { JOURNEY_SCHEDULE } from '../journeys/schedule.ts'
import { isMembers, mergePatch } from '../mergePatch.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { requestJob } from '../store/queries/jobs.ts'
import { changeSettings, readSettings } from '../store/queries/settings.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import { describer } from './describeApi.ts'

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

function settingsOf(stored: Record<string, unknown>, patch: unknown): Record<string, unknown> {
  const patched = mergePatch(stored, patch) as Record<string, unknown>
  const settings = expectValid(SettingsSchema, patched, 'settings')
  const unknown = unknownIn(patch, settings)
  if (unknown !== undefined) throw new CicloError('bad-request', `${unknown}: there is no such setting`)
  return patched
}

export interface SettingsApiRoutesOptions {
  store: Store
  now: () => number
  newId: () => string
}

/** The settings of a workspace: all of them with their defaults, and changes as JSON Merge Patch (RFC 7396). */
export function createSettingsApiRoutes({ store, now, newId }: SettingsApiRoutesOptions) {
  return new Hono<ApiEnvironment>()
    .get('/', describe('The settings of the workspace, defaults included', SettingsSchema), async (context) =>
      context.json(await store.read((tx) => readSettings(tx, context.get('workspaceId')))),
    )
    .patch(
      '/',
      describe(
        'Changes settings: a JSON Merge Patch, in which null brings the default back',
        SettingsSchema,
        z.record(z.string(), z.unknown()),
      ),
      async (context) => {
        const patch = await bodyOf(context, z.unknown(), { whole: 'settings' })
        if (!isMembers(patch)) throw new CicloError('bad-request', 'settings: expected a JSON object')
        for (const [version, path] of Object.entries(RENEWED_AT))
          if (Object.hasOwn(patch, version))
            throw new CicloError('bad-request', `${version}: use POST ${path}`)
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
}
