import { z } from 'zod'
import { readConfig } from '../config.ts'
import { CicloError } from '../errors.ts'
import { findServerOf } from './findServerOf.ts'
import { createLiveRequest, type LiveRequest } from './liveRequest.ts'
import type { Surroundings } from './surroundings.ts'

/** The JSON API: of a server that runs, or of the database itself where none does. */
export interface ApiTarget {
  /** For people. */
  description: string
  /** Rejects with what the API has against it. Bytes are sent as they are, anything else as JSON. */
  request: (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>
  close(): Promise<void>
}

const ProblemSchema = z.object({ detail: z.string() })

function targetOf(description: string, live: LiveRequest, close: () => Promise<void>): ApiTarget {
  return {
    description,
    request: async (method, path, body, headers = {}) => {
      const content =
        body === undefined
          ? {}
          : { body: body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body) }
      const response = await live(`/api${path}`, { method, headers, ...content })
      if (response.ok) return response
      const problem = ProblemSchema.safeParse(await response.json().catch(() => undefined))
      const detail = problem.success ? problem.data.detail : `answered ${response.status}`
      throw new CicloError(response.status === 404 ? 'not-found' : 'bad-request', detail)
    },
    close,
  }
}

/** The server of the database answers if it runs; where none does, the same routes on the database itself. */
export async function openApiTarget(surroundings: Surroundings): Promise<ApiTarget> {
  const config = readConfig(surroundings.environment)
  const server = await findServerOf(config, surroundings)
  if (server !== undefined) return targetOf(`the server on ${server.url}`, server.request, async () => {})
  // Templates, mail and metrics come with it: not needed by a command that finds a server.
  const { openDirectApp } = await import('./directApp.ts')
  const { app, close } = await openDirectApp(config, surroundings)
  const request = createLiveRequest(config, surroundings, async (path, init) => await app.request(path, init))
  return targetOf('the database directly, since no server runs on it', request, close)
}
