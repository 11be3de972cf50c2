import { Hono } from 'hono'
import { z } from 'zod'
import { ROLES } from '../access/role.ts'
import { CicloError } from '../errors.ts'
import { readWorkspace } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { describer } from './describeApi.ts'

const describe = describer('session', 'Nobody has signed in')

const SessionSchema = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  role: z.enum(ROLES),
  workspace: z.object({
    id: z.string(),
    name: z.string(),
    currency: z.string().nullable(),
    timeZone: z.string(),
    locale: z.string(),
  }),
  isDemo: z.boolean(),
  publicUrl: z.string(),
})

export interface SessionRoutesOptions {
  store: Store
  demo: boolean
  publicUrl: () => string
}

/** Who is signed in to the studio, and where. */
export function createSessionRoutes({ store, demo, publicUrl }: SessionRoutesOptions) {
  return new Hono<ApiEnvironment>().get('/', describe('Who is signed in', SessionSchema), async (context) => {
    const session = context.get('session')
    if (!session) throw new CicloError('not-found', 'A key was given, and only a person has a session')
    const workspace = await store.read((tx) => readWorkspace(tx, session.workspaceId))
    if (!workspace) throw new CicloError('not-found', `There is no workspace ${session.workspaceId}`)
    const { settings } = workspace
    return context.json({
      user: session.user,
      role: session.role,
      workspace: {
        id: workspace.id,
        name: settings.shop.name || workspace.name,
        currency: settings.currency,
        timeZone: settings.shop.timeZone,
        locale: settings.locale,
      },
      isDemo: demo,
      publicUrl: publicUrl(),
    })
  })
}
