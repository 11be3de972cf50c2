import { Hono } from 'hono'
import { serveInChild } from './serveInChild.ts'

// The least that any server has to do for an event: read its JSON and answer.
const app = new Hono()
app.post('/v1/*', async (context) => {
  await context.req.json()
  return context.json({ success: true })
})

serveInChild({ fetch: app.fetch })
