import { z } from 'zod'
import { readConfig, type Config } from '../config.ts'
import { CicloError } from '../errors.ts'
import { createTokens } from '../tokens.ts'
import { findLiveServer } from './liveTarget.ts'
import type { Surroundings } from './surroundings.ts'

/** The JSON API: of a server that runs, or of the database itself where none does. */
export interface ApiTarget {
  /** For people. */
  description: string
  /** Rejects with what the API has against it. */
  request: (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) => Promise<Response>
  close(): Promise<void>
}

const TOKEN_LIFE = 5 * 60_000
const ProblemSchema = z.object({ detail: z.string() })

type Send = (path: string, init: RequestInit) => Promise<Response>

function targetOf(
  description: string,
  config: Config,
  now: () => number,
  send: Send,
  close: () => Promise<void>,
): ApiTarget {
  const tokens = createTokens(config.secret)
  return {
    description,
    request: async (method, path, body) => {
      // The local token stands for the command line in the audit; a key only where the server has another secret.
      const keys = [tokens.sign('local', { x: now() + TOKEN_LIFE }), config.secretKey].filter(
        (key) => key !== undefined,
      )
      let response: Response | undefined
      for (const key of keys) {
        response = await send(`/api${path}`, {
          method,
          headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        if (response.status !== 401) break
      }
      if (response?.ok) return response
      const problem = ProblemSchema.safeParse(await response?.json().catch(() => undefined))
      const detail = problem.success ? problem.data.detail : `answered ${response?.status}`
      throw new CicloError(response?.status === 404 ? 'not-found' : 'bad-request', detail)
    },
    close,
  }
}

/** A server that runs answers; where none does, the same routes on the database itself. */
export async function openApiTarget(surroundings: Surroundings): Promise<ApiTarget> {
  const config = readConfig(surroundings.environment)
  const { now } = surroundings
  const url = await findLiveServer(config)
  if (url !== undefined) {
    const send: Send = (path, init) => fetch(url + path, init)
    return targetOf(`the server on ${url}`, config, now, send, async () => {})
  }
  // Templates, mail and metrics come with it: not needed by a command that finds a server.
  const { openDirectApp } = await import('./directApp.ts')
  const { app, close } = await openDirectApp(config, surroundings)
  const description = 'the database directly, since no server runs'
  return targetOf(description, config, now, async (path, init) => await app.request(path, init), close)
}
