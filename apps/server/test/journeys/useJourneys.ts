import type { JourneySchema } from '@ciclo/engine'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect } from 'vitest'
import type { z } from 'zod'
import { readVersions } from '../../src/store/queries/journeys.ts'
import { createTestCiclo, SECRET_KEY, type TestCiclo } from '../support/createTestCiclo.ts'

export const DAY = 86_400_000

export type Json = Record<string, unknown>
export type Written = z.input<typeof JourneySchema>

export const delay = (id: string, duration: string | number = '2d') =>
  ({ kind: 'delay', id, duration }) as const
export const mail = (id: string, template = 'welcome') =>
  ({ kind: 'send', id, template, purpose: 'marketing' }) as const

/** A journey that begins when it is asked for, or as told. */
export const written = (id: string, words: Partial<Written> = {}): Written => ({
  id,
  name: id,
  trigger: { kind: 'api' },
  reentry: { kind: 'always' },
  exits: [{ on: { kind: 'event', name: 'Order Completed' } }],
  steps: [delay('pause'), mail('mail')],
  ...words,
})

/** A Ciclo for the tests of a file, each of which looks at journeys of its own, and what they ask of it. */
export function useJourneys(createDatabase: () => Promise<string>) {
  let test: TestCiclo
  let journeys = 0
  beforeAll(async () => {
    const databaseUrl = await createDatabase()
    test = await createTestCiclo({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9' })
  }, 60_000)
  afterAll(() => test.stop())

  const newId = (name = 'journey') => `${name}-${(journeys += 1)}`
  const now = () => test.clock.now()
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await test.ciclo.app.request(`/api/journeys${path}`, {
      method,
      headers: { authorization: `Bearer ${SECRET_KEY}`, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const answer = (await response.json()) as Json
    return { ...answer, status: response.ok ? (answer['status'] ?? 200) : response.status } as Json
  }
  const draft = async (journey: Written, headers?: Record<string, string>) =>
    await send('PUT', `/${journey.id}/draft`, journey, headers)
  const publish = async (id: string, body: Json = {}) => await send('POST', `/${id}/publish`, body)
  const live = async (journey: Written, body: Json = {}) => {
    expect(await draft(journey)).toMatchObject({ hash: expect.any(String) as string })
    const published = await publish(journey.id, body)
    expect(published).toMatchObject({ id: journey.id, version: expect.any(Number) as number })
    return published
  }
  const rowsOf = async (id: string) => await test.store.read((tx) => readVersions(tx, test.workspaceId, id))
  const statusesOf = async (id: string) =>
    Object.fromEntries((await rowsOf(id)).map(({ version, status }) => [version, status]))
  const submit = async (...items: Parameters<typeof test.ciclo.ingest.submit>[0]) =>
    await test.ciclo.ingest.submit(items)
  const track = (userId: string, name: string, properties: Json = {}) =>
    test.item('secret', { type: 'track', name, userId, properties })
  const identify = (userId: string, traits: Json = {}) =>
    test.item('secret', {
      type: 'identify',
      userId,
      traits: { email: `${userId}@x.example`, ...traits },
    })
  const idOf = async (userId: string) => (await test.customer(`userId=${userId}`))?.id ?? ''
  /** Has customers come in, each at the clock's time. */
  const enrol = async (journey: string, ...userIds: string[]) => {
    for (const userId of userIds) {
      await submit(identify(userId))
      const at = now()
      await submit({
        workspaceId: test.workspaceId,
        customerId: await idOf(userId),
        input: {
          kind: 'event',
          id: `ciclo:asked/${journey}/${userId}/${at}`,
          at,
          receivedAt: at,
          source: 'own',
          event: {
            type: 'track',
            name: 'Journey Requested',
            properties: { journey, because: 'api' },
            traits: {},
            context: {},
          },
        },
      })
    }
  }
  const runsOf = async (journey: string) => {
    const rows = await test.store.read(async (tx) => {
      const { enrolments } = tx.tables
      return await tx.select().from(enrolments).where(eq(enrolments.journeyId, journey))
    })
    return rows
      .map(({ version, step, status, endReason, heldSince }) => ({
        version,
        step,
        status,
        endReason,
        heldSince,
      }))
      .toSorted((one, other) => one.version - other.version)
  }
  const mailsOf = async (journey: string) =>
    await test.store.read(async (tx) => {
      const { messages } = tx.tables
      return await tx.select().from(messages).where(eq(messages.journeyId, journey))
    })
  const jobs = async () => {
    await test.ciclo.runJobs()
    await test.ciclo.settle()
  }
  const pass = async (duration: number) => {
    test.clock.set(now() + duration)
    await test.ciclo.settle()
  }
  const audit = async (id: string) =>
    ((await test.request('/api/audit?limit=200')) as { entries: { action: string; details: Json }[] }).entries
      .filter(({ details }) => details['id'] === id)
      .map(({ action }) => action)
      .toReversed()

  return {
    get test() {
      return test
    },
    audit,
    draft,
    enrol,
    idOf,
    identify,
    jobs,
    live,
    mailsOf,
    newId,
    now,
    pass,
    publish,
    rowsOf,
    runsOf,
    send,
    statusesOf,
    submit,
    track,
  }
}
