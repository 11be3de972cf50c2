import { OutboxSchema } from '../../../server/src/routes/messageSchemas.ts'
import { SIGN_UP } from '../../../server/test/onsite/onsiteWorld.ts'
import { fillShop } from './fillShop.ts'
import { openStudio, type OpenStudioOptions } from './openStudio.ts'

/** A campaign that is written, with two subjects. */
const SPRING_SALE = {
  name: 'Spring sale',
  audience: { rule: { kind: 'event', name: 'Order Completed', atLeast: 1 } },
  template: 'win-back',
  variants: [{ id: 'plain' }, { id: 'short', strings: { en: { subject: 'Two days left' } } }],
  schedule: { kind: 'local', time: '09:00' },
}

/** A studio whose shop has a year behind it. */
export async function openFilledStudio(options: OpenStudioOptions & { customers?: number } = {}) {
  const { customers = 60, ...others } = options
  const studio = await openStudio(others)
  const { api } = studio.server
  const users = await fillShop({ api, now: api.now(), customers })
  const put = (path: string, body: unknown) =>
    fetch(`${studio.server.url}/api${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${studio.server.secretKey}` },
      body: JSON.stringify(body),
    })
  await put('/onsite/welcome', SIGN_UP)
  await put('/campaigns/spring', SPRING_SALE)
  // What is due from the past is settled by the loops; nothing here waits for it.
  // Whoever has bought the most often: there is the most to be seen.
  const [customer] = (await api.customers()).toSorted((one, other) => other.orders.count - one.orders.count)
  const sent = await fetch(`${studio.server.url}/api/messages?purpose=marketing&limit=1`, {
    headers: { authorization: `Bearer ${studio.server.secretKey}` },
  })
  const { messages } = OutboxSchema.parse(await sent.json())
  return {
    ...studio,
    users,
    customerId: customer?.id ?? 'none',
    messageId: messages[0]?.id ?? 'none',
  }
}

export type FilledStudio = Awaited<ReturnType<typeof openFilledStudio>>
