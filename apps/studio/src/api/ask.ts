import type { ClientResponse } from 'hono/client'
import { problemOf } from './apiProblem.ts'

/** The body of an answer in its own type. Throws `ApiProblem` for every answer that is none. */
export async function ask<Body>(answer: Promise<ClientResponse<Body>>): Promise<Body> {
  const response = await answer
  if (!response.ok) throw await problemOf(response)
  return (await response.json()) as Body
}
