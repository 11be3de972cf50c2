import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { trackerFile } from '@ciclo/tracker-sdk'
import type { TrackerBatch, TrackerEvent } from '@ciclo/tracker-sdk'
import { Hono } from 'hono'
import { createDemoStore } from '../../src/index.ts'

const SECRET_KEY = 'demo-secret-key'

/**
 * The shop mounted in a server that also plays the tracker's ingest, as in the real one, under a policy without any
 * `unsafe-*`.
 */
export const serveDemoStore = async () => {
  const messages = new Map<string, TrackerEvent>()
  const writeKeys = new Set<string>()
  const told: TrackerEvent[] = []
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    context.header(
      'content-security-policy',
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'",
    )
  })
  app.get('/ciclo.js', async (context) =>
    context.body(await readFile(trackerFile, 'utf8'), 200, { 'content-type': 'text/javascript' }),
  )
  app.post('/v1/batch', async (context) => {
    const { batch, writeKey } = await context.req.json<TrackerBatch>()
    if (context.req.header('authorization') === `Bearer ${SECRET_KEY}`) {
      told.push(...batch)
      return context.json({ success: true })
    }
    writeKeys.add(writeKey)
    for (const event of batch) messages.set(event.messageId, event)
    return context.json({ success: true })
  })
  app.get('/mailbox', (context) => context.html('<!doctype html><title>Mailbox</title>'))
  let origin = ''
  const backEnd = { cicloUrl: () => origin, secretKey: SECRET_KEY }
  const shopUrl = () => 'https://shop.example/demo'
  app.route('/', createDemoStore({ writeKey: 'demo-write-key', backEnd, shopUrl }))

  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    writeKeys,
    /** What the shop's own server has told, with the secret key. */
    told,
    /** The events that arrived, in the order of time. */
    events: () => {
      const events = [...messages.values()]
      events.sort((left, right) => (left.messageId < right.messageId ? -1 : 1))
      return events
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
