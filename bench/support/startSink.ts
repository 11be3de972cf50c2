import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** An SMTP server in a process of its own that takes every mail and keeps none. */
export interface Sink {
  url: string
  /** `smtp-sink` of Postfix, or our own where that is not installed. */
  name: string
  stop(): Promise<void>
}

const START_LIMIT = 10_000
const ours = fileURLToPath(new URL('sinkEntry.ts', import.meta.url))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

export async function startSink(): Promise<Sink> {
  const port = await freePort()
  const isThere = spawnSync('smtp-sink', [], { stdio: 'ignore' }).error === undefined
  const unprivileged = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const child = isThere
    ? spawn('smtp-sink', [...unprivileged, `127.0.0.1:${port}`, '100'], { stdio: 'ignore' })
    : spawn(process.execPath, [ours, String(port)], { stdio: 'ignore' })
  const deadline = performance.now() + START_LIMIT
  while (!(await isListening(port))) {
    if (performance.now() > deadline) throw new Error(`The mail sink does not listen on port ${port}`)
    await wait(20)
  }
  return {
    url: `smtp://127.0.0.1:${port}`,
    name: isThere ? 'smtp-sink' : 'smtp-server',
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}
