import { mailIdOf } from '../../src/mailId.ts'
import { createBounceAddresses } from '../../src/mail/bounceAddress.ts'
import { findSuppression } from '../../src/store/queries/suppressionList.ts'
import { insertMessages } from '../../src/store/queries/messages.ts'
import { createTokens, hashAddress } from '../../src/tokens.ts'
import { createTestCiclo, SECRET, type TestCiclo, type TestCicloOptions } from '../support/createTestCiclo.ts'
import type { SampleValues } from './readSample.ts'

const DAY = 86_400_000
const DOMAIN = 'bounces.shop.example'
const addresses = createBounceAddresses(SECRET)
const tokens = createTokens(SECRET)

export interface SentMail extends SampleValues {
  id: string
  mailId: string
  customerId: string
}

/** A whole Ciclo, with mails that were sent long ago as far as anybody can tell. */
export async function openFeedback(databaseUrl: string, options: Partial<TestCicloOptions> = {}) {
  // Nothing is ever sent: what matters is what comes back.
  const test: TestCiclo = await createTestCiclo({
    databaseUrl,
    smtpUrl: 'smtp://127.0.0.1:1',
    ...options,
  })
  const { store, workspaceId, clock, ciclo } = test
  let count = 0

  const customer = async (email: string): Promise<string> => {
    const found = await test.customer(`email=${encodeURIComponent(email)}`)
    if (found) return found.id
    const subscribed = test.item('secret', {
      type: 'track',
      name: 'Subscribed',
      userId: `user-of-${email}`,
      properties: { email },
    })
    await ciclo.ingest.submit([subscribed])
    // No mail comes back in the instant of the sign-up.
    clock.set(clock.now() + 60_000)
    return await customer(email)
  }

  /** A mail that has left now; with `isQueued` one that has not. */
  const mailTo = async (email: string, { isQueued = false } = {}): Promise<SentMail> => {
    const customerId = await customer(email)
    count += 1
    const id = `run-${count}/welcome/1`
    const now = clock.now()
    await store.write(async (tx) => {
      await insertMessages(tx, workspaceId, [
        {
          id,
          customerId,
          enrolmentId: `run-${count}`,
          journeyId: 'welcome',
          stepId: 'welcome',
          template: 'welcome',
          purpose: 'marketing',
          address: email,
          claimed: false,
          locale: 'en',
          topic: null,
          sender: null,
          onCap: 'postpone',
          data: { customer: { email } },
          causeAt: now,
          createdAt: now,
          expiresAt: now + DAY,
          state: 'queued',
          reason: null,
        },
      ])
      const { messages } = tx.tables
      const [row] = (await tx.select().from(messages)).filter((message) => message.id === id)
      if (isQueued || !row) return
      const left = { state: 'sent', sentAt: now, fence: 1, attempts: 1 } as const
      await tx
        .insert(messages)
        .values({ ...row, ...left })
        .onConflictDoUpdate({ target: [messages.workspaceId, messages.id], set: left })
    })
    const mailId = mailIdOf({ workspaceId, id, createdAt: now })
    return {
      id,
      mailId,
      customerId,
      RECIPIENT: email,
      BOUNCE: addresses.of(mailId, DOMAIN),
      MESSAGE_ID: `${mailId}@shop.example`,
      UNSUBSCRIBE: tokens.sign('unsubscribe', { mail: mailId }),
    }
  }

  const suppressionOf = async (address: string) =>
    await store.read((tx) => findSuppression(tx, workspaceId, hashAddress(SECRET, workspaceId, address)))

  /** How somebody stands: the permission of the customer, and why the address is on the list. */
  const standing = async (email: string) => ({
    permission: (await test.customer(`email=${encodeURIComponent(email)}`))?.lifecycle['permission'],
    suppressed: (await suppressionOf(email))?.reason ?? null,
  })

  const eventsOf = async (customerId: string, name: string) =>
    (await test.below(customerId, 'events')).filter((event) => event['name'] === name)

  const reports = async () =>
    (
      (await test.request('/api/feedback/reports')) as {
        reports: { id: string; via: string; reason: string; excerpt: string }[]
      }
    ).reports

  const post = async (path: string, body: unknown) =>
    await test.request(path, { method: 'POST', body: JSON.stringify(body) })

  return { ...test, mailTo, standing, suppressionOf, eventsOf, reports, post }
}

export type FeedbackWorld = Awaited<ReturnType<typeof openFeedback>>
