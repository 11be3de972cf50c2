import { serve } from '@hono/node-server'
import type { ChildMessage } from './childServer.ts'

interface Served {
  fetch: (request: Request) => Response | Promise<Response>
  /** Called once, before the process ends. */
  stop?: () => Promise<void>
}

const tell = (message: ChildMessage) => process.send?.(message)

/** Serves on a free port of 127.0.0.1 until the parent says `stop` or is gone. */
export function serveInChild({ fetch, stop }: Served): void {
  const end = async () => {
    await stop?.()
    process.exit(0)
  }
  serve({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => tell({ kind: 'listening', port }))
  process.on('disconnect', () => void end())
  process.on('message', (message) => {
    if (message === 'memory') tell({ kind: 'memory', bytes: process.memoryUsage.rss() })
    else void end()
  })
}
