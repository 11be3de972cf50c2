import { insertRows } from '../../apps/server/src/store/insertRows.ts'
import type { Store } from '../../apps/server/src/store/store.ts'

const DAY = 86_400_000
const MAILS_AT_ONCE = 10_000

/** The templates of a filled outbox, each sent by a journey of its own: half of all mails are of the first. */
const TEMPLATES = ['welcome', 'thank-you', 'order-confirmation'] as const

/** Every so many mails one is clicked by a person, comes back, or is the last one that somebody wanted. */
const EVERY = { clicked: 30, machine: 11, bounced: 97, unsubscribed: 211 } as const

/** Every so many mails its customer orders two days later, and sees an on-site message. */
const ORDER_EVERY = 20
const SHOWN_EVERY = 10

const idOf = (kind: string, place: number) => `${kind}${String(place).padStart(12, '0')}`
const templateOf = (place: number) => TEMPLATES[place % 2 === 0 ? 0 : 1 + ((place >> 1) % 2)] ?? 'welcome'
const journeyOf = (template: string) => `filled-${template}`

/** A year of mails with what came back of them, and the orders of those who got them; the newest is from `now`. */
export async function fillMails(
  store: Store,
  { workspaceId, mails, now }: { workspaceId: string; mails: number; now: number },
): Promise<void> {
  await store.write(async (tx) => {
    await insertRows(
      tx,
      tx.tables.journeys,
      TEMPLATES.map(journeyOf).map((id) => ({
        workspaceId,
        id,
        version: 1,
        status: 'live' as const,
        definition: {
          id,
          name: id,
          trigger: { kind: 'api' },
          reentry: { kind: 'never' },
          steps: [{ kind: 'end', id: 'over' }],
        },
        createdAt: 1,
      })),
    )
  })
  for (let first = 0; first < mails; first += MAILS_AT_ONCE) {
    const places = Array.from({ length: Math.min(MAILS_AT_ONCE, mails - first) }, (_, at) => first + at)
    const sent = places.map((place) => ({
      id: idOf('mail', place),
      customerId: idOf('customer', place % 200_000),
      at: now - Math.floor(((mails - place) / mails) * 365 * DAY),
      template: templateOf(place),
      place,
    }))
    const eventOf = (
      { id, customerId, at }: (typeof sent)[number],
      told: { name: string; kind: string; after: number; properties: object },
    ) => ({
      workspaceId,
      messageId: `${id}-${told.kind}`,
      customerId,
      type: 'track',
      name: told.name,
      at: at + told.after,
      receivedAt: at + told.after,
      source: 'own' as const,
      body: { properties: { message: id, ...told.properties }, traits: {}, context: {} },
    })
    const events = sent.flatMap((mail) =>
      [
        ...(mail.place % EVERY.clicked === 0
          ? [{ name: 'Email Link Clicked', kind: 'clicked', after: DAY / 2, properties: { class: 'human' } }]
          : []),
        ...(mail.place % EVERY.machine === 0
          ? [{ name: 'Email Link Clicked', kind: 'scanned', after: 9_000, properties: { class: 'machine' } }]
          : []),
        ...(mail.place % EVERY.bounced === 0
          ? [{ name: 'Email Bounced', kind: 'bounced', after: 60_000, properties: { permanent: false } }]
          : []),
        ...(mail.place % EVERY.unsubscribed === 0
          ? [{ name: 'Unsubscribed', kind: 'unsubscribed', after: DAY / 3, properties: {} }]
          : []),
        ...(mail.place % SHOWN_EVERY === 0
          ? [
              {
                name: 'On-site Message Shown',
                kind: 'shown',
                after: 1_000,
                properties: { message: 'welcome' },
              },
            ]
          : []),
      ].map((told) => eventOf(mail, told)),
    )
    await store.write(async (tx) => {
      await insertRows(
        tx,
        tx.tables.messages,
        sent.map(({ id, customerId, at, template }) => ({
          workspaceId,
          id,
          customerId,
          journeyId: journeyOf(template),
          stepId: 'first',
          template,
          purpose: 'marketing',
          address: `${customerId}@shop.example`,
          claimed: false,
          state: 'sent' as const,
          data: {},
          causeAt: at,
          createdAt: at,
          dueAt: at,
          expiresAt: at + DAY,
          sentAt: at,
        })),
      )
      await insertRows(tx, tx.tables.events, events)
      await insertRows(
        tx,
        tx.tables.orders,
        sent
          .filter(({ place }) => place % ORDER_EVERY === 0)
          .map(({ id, customerId, at }) => ({
            workspaceId,
            customerId,
            id: `order-${id}`,
            at: at + 2 * DAY,
            total: 4_900,
            currency: 'EUR',
            trusted: true,
          })),
      )
    })
  }
}
