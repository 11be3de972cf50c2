import { Hono, type Context } from 'hono'
import { describeRoute } from 'hono-openapi'
import { CicloError } from '../errors.ts'
import { keysIn } from '../ingest/keysIn.ts'
import type { ClientAddress } from '../limits/clientAddress.ts'
import type { KeyGuard } from '../limits/keyGuard.ts'
import type { KeyRecord } from '../store/queries/workspaces.ts'
import { answerPreflight, openToAllOrigins } from './crossOrigin.ts'

export interface SettingsRoutesOptions {
  findKey: KeyGuard
  clientOf: ClientAddress
  publicUrl: () => string
}

/** Every event is wanted, planned or not. */
const PLANNED = { __default: { enabled: true, integrations: {} } }

/**
 * What Segment's clients ask for before they send: where to, and with which plug-ins, of which there are none.
 *
 * @param publicUrl as browsers know this server, with any path before `/v1`
 */
function segmentSettings(writeKey: string, publicUrl: string) {
  const { protocol, host, pathname } = new URL(publicUrl)
  return {
    integrations: {
      'Segment.io': {
        apiKey: writeKey,
        apiHost: `${host}${pathname.replace(/\/+$/, '')}/v1`,
        protocol: protocol.slice(0, -1),
        unbundledIntegrations: [],
        addBundledMetadata: true,
        maybeBundledConfigIds: {},
        versionSettings: { version: '4.4.7', componentTypes: ['browser'] },
      },
    },
    plan: { track: PLANNED, identify: PLANNED, group: PLANNED },
    edgeFunction: {},
    analyticsNextEnabled: true,
    middlewareSettings: {},
    enabledMiddleware: {},
    // Without it the client would tell how itself is doing.
    metrics: { sampleRate: 0 },
    legacyVideoPluginsEnabled: false,
    remotePlugins: [],
  }
}

/** The same for RudderStack's clients. */
function sourceConfig({ id, workspaceId }: KeyRecord) {
  return {
    source: {
      id,
      name: 'Ciclo',
      workspaceId,
      enabled: true,
      destinations: [],
      config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
    },
  }
}

const answer = (context: Context, settings: object) =>
  context.json(settings, 200, { 'cache-control': 'public, max-age=300' })

/** Settings are for pages: any origin may read them, and a cache may keep them for a while. */
export function createSettingsRoutes({ findKey, clientOf, publicUrl }: SettingsRoutesOptions): Hono {
  const routes = new Hono()

  /** A secret key is as unknown here as a wrong one: it must not be in an address, nor in a page. */
  const findWriteKey = async (context: Context, key: string | undefined): Promise<KeyRecord> => {
    const record = key === undefined ? undefined : await findKey(key, clientOf(context))
    if (record?.kind === 'write') return record
    throw new CicloError('unknown-key', 'The key is not known here, or was revoked')
  }

  routes.options('/sourceConfig/*', answerPreflight)
  routes.use('/sourceConfig/*', openToAllOrigins)
  routes.get(
    '/v1/projects/:key/settings',
    describeRoute({
      summary: 'What Segment clients ask for before they send, by the write key in the path',
      tags: ['events'],
      security: [],
      responses: {
        200: { description: 'The settings' },
        401: { description: 'The write key is not known here' },
      },
    }),
    async (context) => {
      const key = context.req.param('key')
      await findWriteKey(context, key)
      return answer(context, segmentSettings(key, publicUrl()))
    },
  )
  for (const path of ['/sourceConfig', '/sourceConfig/']) {
    routes.get(path, async (context) => {
      const [key] = keysIn(context.req.header('authorization'), context.req.query('writeKey'), undefined)
      return answer(context, sourceConfig(await findWriteKey(context, key)))
    })
  }
  // What a client tells of itself where a page brings settings of its own: nothing that Ciclo keeps.
  routes.post('/v1/m', (context) => context.json({ success: true }))
  return routes
}
