import type { TestServer } from '../../../server/test/support/startTestServer.ts'
import { HOSTILE_TEXTS, type HostileName } from './hostileTexts.ts'

type Json = Record<string, unknown>

export interface HostileShop {
  /** Everything that was stored, by where it came in. */
  stored: string[]
  /** What was answered with a fault of the server's own. */
  faults: string[]
  /** The customers who hold all of it. */
  customerIds: string[]
  /** One of the mails that this has caused. */
  messageId: string
}

const MINUTE = 60_000

/** A shop into which strangers and careless programs have written everything that they could, by every way in. */
export async function fillHostile(
  { url, secretKey, writeKey, api }: TestServer,
  names: readonly HostileName[],
): Promise<HostileShop> {
  const stored: string[] = []
  const faults: string[] = []
  const tell = async (where: string, path: string, init: { method: string; body: unknown; key?: string }) => {
    const response = await fetch(`${url}${path}`, {
      method: init.method,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${init.key ?? secretKey}`,
      },
      body: JSON.stringify(init.body),
    })
    const answer = (await response.json().catch(() => ({}))) as Json
    const { rejected } = answer
    if (response.status >= 500) faults.push(`${where}: ${response.status} ${JSON.stringify(answer)}`)
    if (response.ok && !(Array.isArray(rejected) && rejected.length > 0)) stored.push(where)
    return answer
  }

  const now = api.now()
  let events = 0
  const eventsOf = (text: string, who: Json): Json[] => {
    const product = {
      product_id: text.slice(0, 500),
      sku: text.slice(0, 500),
      name: text,
      brand: text,
      category: text,
      variant: text,
      url: text,
      image_url: text,
      price: 12.5,
      quantity: 1,
    }
    const bag = { text, url: text, list: [text, { [text.slice(0, 500)]: text }], [text.slice(0, 500)]: text }
    const context = {
      page: { path: text, url: text, title: text, referrer: text, search: text },
      campaign: { name: text, source: text, medium: text },
      userAgent: text,
      locale: text.slice(0, 30),
      timezone: text.slice(0, 60),
    }
    const track = (event: string, properties: Json): Json => ({ type: 'track', event, properties })
    return [
      {
        type: 'page',
        name: text.slice(0, 512),
        category: text,
        properties: { ...bag, path: text, title: text },
      },
      { type: 'screen', name: text.slice(0, 512), properties: bag },
      { type: 'group', groupId: text.slice(0, 512), traits: bag },
      track(text.slice(0, 512), bag),
      track('Product Viewed', { ...product, ...bag }),
      track('Product Added', { ...product, cart_id: text }),
      track('Checkout Started', { checkout_id: text, cart_id: text, products: [product] }),
      track('Order Completed', {
        order_id: text,
        total: 25,
        currency: 'EUR',
        coupon: text,
        discount: 1,
        products: [product],
      }),
      track('Order Refunded', { order_id: text, total: 5, reason: text }),
      track('Subscribed', { topic: text.slice(0, 60), text, method: text }),
      track('Unsubscribed', { reason: text, text }),
      track('Survey Answered', { survey: text, answer: text, text, score: 3 }),
      track('Product Reviewed', { product_id: text, rating: 1, text, title: text }),
      track('Ticket Opened', { ticket_id: text, subject: text }),
      track('Email Bounced', { message: text, response: text, permanent: false, class: text }),
    ].map((event) => {
      events += 1
      const timestamp = new Date(now - (10_000 - events) * MINUTE).toISOString()
      return { messageId: `hostile-${events}`, timestamp, context, ...who, ...event }
    })
  }

  /** Each text's own customer, one after the other in what it tells, beside those of the other texts. */
  const tellAll = async (place: number, name: HostileName) => {
    // A request holds half a megabyte; an event no more than 32 KiB.
    const text = name === 'long' ? HOSTILE_TEXTS.long.slice(0, 1_000) : HOSTILE_TEXTS[name]
    const traits = {
      email: `hostile-${place}@example.com`,
      firstName: text,
      lastName: text,
      name: text,
      phone: text,
      city: text,
      country: text,
      locale: place % 2 === 0 ? 'pl' : text,
      timeZone: text,
      birthday: text,
      avatar: text,
      [text.slice(0, 500)]: { [text.slice(0, 200)]: text },
    }
    const userId = `${text.slice(0, 400)} ${place}`
    const anonymousId = `${text.slice(0, 400)} anonymous ${place}`
    const batch = async (where: string, key: string, list: readonly Json[]) => {
      for (const event of list)
        await tell(`${where} ${String(event['type'])} ${name}`, '/v1/batch', {
          method: 'POST',
          key,
          body: { writeKey: key, batch: [event] },
        })
    }
    await batch('secret', secretKey, [
      { type: 'identify', messageId: `who-${place}`, userId, traits },
      ...eventsOf(text, { userId }),
    ])
    await batch('public', writeKey, [
      { type: 'identify', messageId: `claims-${place}`, anonymousId, userId: text.slice(0, 500), traits },
      ...eventsOf(text, { anonymousId }),
    ])
  }
  await Promise.all([...names.entries()].map(([place, name]) => tellAll(place, name)))
  // One value as long as an event may be.
  await tell('secret long', '/v1/batch', {
    method: 'POST',
    body: {
      writeKey: secretKey,
      batch: [
        {
          type: 'identify',
          messageId: 'long-name',
          userId: 'long',
          traits: { email: 'long@example.com', firstName: HOSTILE_TEXTS.long, company: HOSTILE_TEXTS.long },
        },
        {
          type: 'track',
          messageId: 'long-event',
          userId: 'long',
          event: 'W'.repeat(512),
          properties: { text: HOSTILE_TEXTS.long },
        },
      ],
    },
  })

  for (const [place, name] of names.entries()) {
    const text = HOSTILE_TEXTS[name]
    const put = (where: string, path: string, body: unknown, method = 'POST') =>
      tell(`${where} ${name}`, `/api${path}`, { method, body })
    const { id: segment } = await put('segment', '/segments', {
      name: text.slice(0, 200),
      rule: {
        kind: 'and',
        rules: [
          {
            kind: 'trait',
            path: ['firstName'],
            condition: { operator: 'contains', value: text.slice(0, 200) },
          },
          { kind: 'event', name: text.slice(0, 200), atLeast: 1, within: '30d' },
        ],
      },
    })
    await put('journey', '/journeys', {
      id: `hostile-${place}`,
      name: text.slice(0, 200),
      description: text.slice(0, 1_000),
      trigger: { kind: 'event', name: text.slice(0, 200) },
      reentry: { kind: 'always' },
      steps: [{ kind: 'send', id: 'mail', template: 'welcome', purpose: 'marketing' }],
    })
    // The first campaign and the first on-site message are those that the list of pages opens.
    await put(
      'campaign',
      `/campaigns/${place === 0 ? 'spring' : `hostile-${place}`}`,
      {
        name: text.slice(0, 200),
        audience: typeof segment === 'string' ? { segment } : { rule: { kind: 'all' } },
        template: 'welcome',
        strings: { en: { subject: text.slice(0, 20_000) } },
        schedule: { kind: 'at', at: new Date(now + 86_400_000 * (place + 1)).toISOString() },
      },
      'PUT',
    )
    const shipped = (await fetch(`${url}/api/templates/welcome`, {
      headers: { authorization: `Bearer ${secretKey}` },
    }).then((response) => response.json())) as { source: { mjml: string; strings: Record<string, Json> } }
    const { mjml, strings } = shipped.source
    await put(
      'template',
      `/templates/hostile-${place}/draft`,
      { mjml, strings: { ...strings, en: { ...strings['en'], subject: text, preheader: text } } },
      'PUT',
    )
    await put(
      'template',
      `/templates/hostile-mjml-${place}/draft`,
      {
        mjml: mjml.replace('</mj-body>', () => `<mj-raw>${text.slice(0, 20_000)}</mj-raw></mj-body>`),
        strings: { ...strings, pl: { heading: text } },
        formal: { pl: { heading: text } },
      },
      'PUT',
    )
    await put(
      'sender',
      `/senders/hostile-${place}`,
      {
        purpose: 'marketing',
        from: { name: text.slice(0, 100), address: 'news@shop.example' },
      },
      'PUT',
    )
    await put(
      'onsite',
      `/onsite/${place === 0 ? 'welcome' : `hostile-${place}`}`,
      {
        name: text.slice(0, 200),
        kind: 'signUp',
        texts: {
          en: {
            title: text.slice(0, 120),
            text: text.slice(0, 600),
            button: text.slice(0, 60),
            consent: text.slice(0, 600),
            clause: text.slice(0, 2_000),
            thanks: text.slice(0, 300),
          },
        },
        fields: [
          { name: 'email', type: 'email', required: true, label: { en: text.slice(0, 120) } },
          {
            name: 'choice',
            type: 'choice',
            label: { en: text.slice(0, 120) },
            options: ['a', 'b'].map((value) => ({
              value: `${value}${text}`.slice(0, 80),
              label: { en: `${value}${text}`.slice(0, 80) },
            })),
          },
        ],
        rules: { pages: [`/${text}`.slice(0, 200)] },
      },
      'PUT',
    )
    await put('suppression', '/suppressions', {
      address: `refused-${place}@example.com`,
      reason: 'bounce',
      because: text.slice(0, 500),
    })
    await put('codes', `/coupons/hostile-${place}`, { codes: [text.slice(0, 100), `CODE-${place}`] })
    await put(
      'settings',
      '/settings',
      {
        shop: { name: text.slice(0, 500), url: text.slice(0, 500), address: text.slice(0, 1_000) },
      },
      'PATCH',
    )
    await put(
      'topics',
      '/settings',
      { topics: [{ id: `topic-${place}`, name: { en: text.slice(0, 100) } }] },
      'PATCH',
    )
    const { customers } = (await fetch(`${url}/api/customers?email=hostile-${place}@example.com`, {
      headers: { authorization: `Bearer ${secretKey}` },
    }).then((response) => response.json())) as { customers: { id: string }[] }
    const [customer] = customers
    if (customer)
      await put('consent', `/customers/${customer.id}/consents`, {
        purpose: 'marketing-email',
        status: 'granted',
        text: text.slice(0, 10_000),
        textVersion: text.slice(0, 200),
        method: text.slice(0, 200),
      })
  }
  // The last name is what the whole studio shows at its top.
  await tell('settings breakout', '/api/settings', {
    method: 'PATCH',
    body: { shop: { name: `${HOSTILE_TEXTS.image}${HOSTILE_TEXTS.long}`.slice(0, 2_000) } },
  })
  const customerIds: string[] = []
  for (const place of names.keys()) {
    const [customer] = await api.customersWith({ email: `hostile-${place}@example.com` })
    if (customer) customerIds.push(customer.id)
  }
  const long = await api.customersWith({ userId: 'long' })
  const messages = await Promise.all(customerIds.map((id) => api.messages(id)))
  const messageId = messages.flat()[0]?.id ?? 'none'
  return { stored, faults, messageId, customerIds: [...customerIds, ...long.map(({ id }) => id)] }
}
