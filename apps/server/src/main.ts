import { join } from 'node:path'
import { createDemoStore, demoHistory, describeCatalog } from '@ciclo/demo-store'
import type { Journey } from '@ciclo/engine'
import { STUDIO_PATHS, studioFolder } from '@ciclo/studio'
import { loadMjml } from '@ciclo/templates'
import { otherTrackerFiles, trackerFile, trackerModuleFile, trackerSourceMapFile } from '@ciclo/tracker-sdk'
import { serve, type ServerType } from '@hono/node-server'
import { pino } from 'pino'
import { findSetUpLink } from './access/findSetUpLink.ts'
import { createTestClock, systemClock } from './clock.ts'
import { readConfig, type Config, type MailAddress } from './config.ts'
import { createCiclo } from './createCiclo.ts'
import { serializeError } from './describeError.ts'
import { CicloError } from './errors.ts'
import { startMailbox } from './mail/mailbox.ts'
import { createNewIds } from './newIds.ts'
import { openConfiguredStore } from './openConfiguredStore.ts'
import { databaseIdentity } from './store/databaseIdentity.ts'
import { tellCatalogue } from './tellCatalogue.ts'
import { tellHistory } from './tellHistory.ts'
import { ensureFirstWorkspace } from './workspaces.ts'

export interface ServerOptions {
  /** With the demo's workspace, shop and mailbox. */
  demo: boolean
  /** Whether a new demo begins with a year of made-up customers, where no mail can leave the machine. */
  history?: boolean
  /** What a new workspace begins with; those that Ciclo ships, when left out. */
  journeys?: readonly Journey[]
}

export interface RunningServer {
  url: string
  /** Finishes what is in flight and ends, within 5 seconds. */
  stop(): Promise<void>
}

/** Whatever hangs, a server that was told to stop has ended by then. Nothing acknowledged depends on the rest. */
const STOP_DEADLINE = 4_500

/** Longer than this nobody waits for a request that is still open when the server stops. */
const REQUEST_GRACE = 1_000

/** Enough for every stage of the lifecycle to have some; told in a second or two. */
const HISTORY_CUSTOMERS = 400

function listen(
  options: Parameters<typeof serve>[0],
  config: Config,
): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve(options, ({ port }) => resolve({ server, port }))
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new CicloError(
          'bad-configuration',
          `HOST and PORT: cannot listen on ${config.host}:${config.port} (${cause.code ?? cause.message})`,
          { cause },
        ),
      ),
    )
  })
}

/** A sender address that is valid everywhere, for a shop that has not said its own: RFC 6761 keeps `localhost` names. */
function defaultFrom(publicUrl: string): MailAddress {
  const { hostname } = new URL(publicUrl)
  const isName = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(hostname) && !/^[\d.]+$/.test(hostname)
  return { name: '', address: `hello@${isName ? hostname : 'ciclo.localhost'}` }
}

const say = (line: string) => process.stdout.write(`${line}\n`)

/** Starts everything by the configuration: store, workspace, mailbox, loops, HTTP. */
export async function startServer(config: Config, options: ServerOptions): Promise<RunningServer> {
  const { demo, history = false, journeys } = options
  const log = pino({ level: config.logLevel, serializers: { err: serializeError } })
  const testClock = config.clock === 'test' ? createTestClock() : undefined
  const clock = testClock ?? systemClock
  const newId = createNewIds(() => clock.now())
  const store = await openConfiguredStore(config)
  const workspace = await ensureFirstWorkspace({
    store,
    secret: config.secret,
    now: () => clock.now(),
    newId,
    writeKey: config.writeKey,
    secretKey: config.secretKey,
    demo,
    ...(journeys ? { journeys } : {}),
  })
  const mailFolder = join(config.dataFolder, 'mailbox')
  const mailbox = config.smtpUrl ? undefined : await startMailbox(mailFolder, () => clock.now())
  let localUrl = ''
  let publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`
  const ciclo = createCiclo({
    store,
    secret: config.secret,
    writeKey: workspace.writeKey,
    database: databaseIdentity(config.databaseUrl),
    databaseUrl: config.databaseUrl,
    clock,
    ...(testClock ? { testClock } : {}),
    newId,
    random: Math.random,
    log,
    smtpUrl: config.smtpUrl ?? mailbox?.url ?? '',
    mailsGoOut: config.smtpUrl !== undefined,
    keepsMails: mailbox !== undefined,
    trustProxy: config.trustProxy,
    limits: config.limits,
    webhookHosts: config.webhookHosts,
    feedback: config.feedback,
    ...(config.metricsToken === undefined ? {} : { metricsToken: config.metricsToken }),
    from: () => config.mailFrom ?? defaultFrom(publicUrl),
    publicUrl: () => publicUrl,
    mailFolder,
    tracker: {
      script: trackerFile,
      sourceMap: trackerSourceMapFile,
      module: trackerModuleFile,
      others: otherTrackerFiles,
    },
    studio: { folder: studioFolder, paths: STUDIO_PATHS },
    demo,
    // Whoever runs a real shop without SMTP_URL does not want its mails on a public page.
    ...(mailbox && demo ? { mailbox } : {}),
    ...(demo
      ? {
          shop: createDemoStore({
            writeKey: workspace.writeKey,
            backEnd: { cicloUrl: () => localUrl, secretKey: workspace.secretKey },
            shopUrl: () => `${publicUrl}/demo`,
          }),
        }
      : {}),
  })
  const { server, port } = await listen(
    { fetch: ciclo.app.fetch, hostname: config.host, port: config.port },
    config,
  )
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
  localUrl = url
  publicUrl = config.publicUrl ?? url
  if (demo) {
    // At each start, since the shop may have another address now.
    await tellCatalogue(store, {
      workspaceId: workspace.id,
      products: describeCatalog(`${publicUrl}/demo`),
      currency: 'EUR',
      now: clock.now(),
    })
    if (history && workspace.isNew && mailbox) {
      const shop = { shopUrl: `${publicUrl}/demo`, now: clock.now() }
      const events = demoHistory({ ...shop, customers: HISTORY_CUSTOMERS, seed: 1 })
      await tellHistory(ciclo.ingest, { workspaceId: workspace.id, events, now: clock.now() })
    }
  }
  const feedbackServer = await ciclo.listenForFeedback().catch(async (error: unknown) => {
    // What listens already would keep the process alive.
    server.close()
    await ciclo.stop()
    await mailbox?.stop()
    await store.close()
    throw error
  })
  ciclo.start()
  // In the background: who signs up first gets their mail as fast as everybody after. A test's clock waits for it.
  if (!testClock) void loadMjml()

  say(`Ciclo is running on ${publicUrl}`)
  say(`  studio         ${publicUrl}/`)
  if (demo) {
    say('  This is a demo: whoever opens it is its owner, without signing in')
    say(`  demo shop      ${publicUrl}/demo`)
    if (mailbox) say(`  mailbox        ${publicUrl}/mailbox`)
  }
  if (workspace.isNew) {
    say('The keys of this new database; they are not shown again:')
    say(
      `  write key      ${config.writeKey ? 'CICLO_WRITE_KEY' : workspace.writeKey}  (public, for the tracker)`,
    )
    say(
      `  secret key     ${config.secretKey ? 'CICLO_SECRET_KEY' : workspace.secretKey}  (for your server and the API)`,
    )
  }
  const setUp = demo ? undefined : await findSetUpLink(store, { secret: config.secret, publicUrl })
  if (setUp !== undefined) say(`Open ${setUp} to make the first owner`)
  if (feedbackServer) say(`  bounces        smtp://${config.feedback.smtp?.host}:${feedbackServer.port}`)
  if (!config.smtpUrl) say('SMTP_URL is not set: mails go to the embedded mailbox, and to nobody else.')

  return {
    url,
    stop: async () => {
      ciclo.closeStreams()
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      if ('closeIdleConnections' in server) {
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), REQUEST_GRACE).unref()
      }
      await Promise.all([closed, feedbackServer?.stop()])
      await ciclo.stop()
      await mailbox?.stop()
      await store.close()
    },
  }
}

/** Ends by a defect. Node itself would print the error with all that hangs on it: statements and their values. */
function end(error: unknown): void {
  const { message, stack = '' } = serializeError(error)
  process.stderr.write(`Ciclo has ended by an error: ${message}\n${stack}\n`)
  process.exit(1)
}

/** Runs the server until SIGINT or SIGTERM. A wrong configuration is one line, and exit code 1. */
export async function main(options: ServerOptions): Promise<void> {
  // Before anything starts: a signal that comes meanwhile ends what has started in order, too.
  const signalled = new Promise<NodeJS.Signals>((resolve) => {
    const hear = (signal: NodeJS.Signals) => {
      resolve(signal)
      setTimeout(() => process.exit(1), STOP_DEADLINE).unref()
    }
    process.once('SIGINT', hear)
    process.once('SIGTERM', hear)
  })
  process.on('uncaughtException', end)
  let running: RunningServer
  try {
    running = await startServer(readConfig(process.env), options)
  } catch (error) {
    if (!(error instanceof CicloError)) return end(error)
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
    return
  }
  say(`${await signalled}: finishing what is in flight ...`)
  await running.stop()
  say('Ciclo has stopped.')
  // Whatever still holds the event loop open must not keep a stopped server alive.
  process.exit(0)
}
