import { describe, expect, it } from 'vitest'
import { useSqlite } from '../support/useSqlite.ts'
import { CHROME, GOOGLE, useLinks } from './useLinks.ts'

const DAY = 86_400_000
const MINUTE = 60_000

const {
  world,
  submit,
  track,
  set,
  ann,
  mail,
  request,
  post,
  events,
  detail,
  refused,
  permission,
  consents,
  pass,
} = useLinks(useSqlite())

const clicks = async () =>
  (await events('Email Link Clicked')).map((one) => [one['class'], one['reason']].join(' ').trim())

function multipart(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

describe('the tokens of links', () => {
  it('lead nowhere when a single byte of them is another: 404, no Location, nothing recorded', async () => {
    await set({ openTracking: 'full' })
    const link = await mail('m1', { topic: 'news' })
    const x = world.test.clock.now() + DAY
    const paths: [method: string, path: string][] = [
      ['GET', link('open')],
      ['GET', link('click', { u: 'https://luna.example/' })],
      ['POST', link('unsubscribe')],
      ['POST', link('leave')],
      ['POST', link('preferences')],
      ['GET', link('view')],
      ['POST', link('survey')],
      ['POST', link('confirm', { x })],
      ['POST', link('resubscribe', { x })],
    ]
    const before = await world.test.below(world.ann, 'events')
    const wrong: unknown[] = []
    let asked = 0
    for (const [method, path] of paths) {
      const start = path.lastIndexOf('/') + 1
      for (let place = start; place < path.length; place += 1) {
        const other = path[place] === 'A' ? 'B' : 'A'
        const mutated = path.slice(0, place) + other + path.slice(place + 1)
        const answer = await request(mutated, { method })
        asked += 1
        if (answer.status !== 404 || answer.headers.has('location')) wrong.push([method, mutated])
      }
    }
    expect(wrong).toEqual([])
    expect(asked).toBeGreaterThan(400)
    expect(await world.test.below(world.ann, 'events')).toEqual(before)
  })

  it('open nothing but their own door', async () => {
    const link = await mail('m1')
    const doors = {
      o: 'open',
      u: 'unsubscribe',
      l: 'leave',
      p: 'preferences',
      v: 'view',
      s: 'survey',
    } as const
    for (const [door, own] of Object.entries(doors)) {
      for (const kind of Object.values(doors)) {
        if (kind === own) continue
        const token = link(kind).split('/').at(-1)
        expect([door, kind, (await request(`/${door}/${token}`)).status]).toEqual([door, kind, 404])
        expect([door, kind, (await request(`/${door}/${token}`, { method: 'POST' })).status]).toEqual([
          door,
          kind,
          404,
        ])
      }
    }
    // An unsubscribe by hand of who has no token that allows to come back.
    const token = link('unsubscribe').split('/').at(-1)
    expect((await request(`/r/${token}`, { method: 'POST' })).status).toBe(404)
  })
})

describe('a click', () => {
  const shop = 'https://luna.example/c?a=b%20c#top'
  const click = async (u: string, id = 'm1', more: Parameters<typeof mail>[1] = {}) => {
    const link = await mail(id, more)
    const answer = await request(link('click', { u }))
    expect(answer.status).toBe(302)
    return new URL(answer.headers.get('location') ?? '')
  }

  it('says where the visitor comes from, to the shop alone, and overwrites nothing', async () => {
    const target = await click(shop)
    expect(target.href).toContain(
      'https://luna.example/c?a=b%20c&utm_source=ciclo&utm_medium=email&utm_campaign=welcome&utm_content=mail&ciclo_visit=',
    )
    expect(target.hash).toBe('#top')
    const own = await click('https://luna.example/?utm_source=me&utm_campaign=', 'm2')
    expect(own.searchParams.getAll('utm_source')).toEqual(['me'])
    expect(own.searchParams.getAll('utm_campaign')).toEqual([''])
    expect(own.searchParams.get('utm_medium')).toBe('email')
    for (const [place, elsewhere] of [
      'https://other.example/?a=1',
      'https://luna.example.evil.example/',
      'http://luna.example/',
    ].entries())
      expect((await click(elsewhere, `e${place}`)).href).toBe(elsewhere)
  })

  it('names the campaign and its variant', async () => {
    const target = await click(shop, 'm1', {
      campaignId: 'spring-2026',
      variant: 'b',
      journeyId: null,
      stepId: null,
    })
    expect(target.searchParams.get('utm_campaign')).toBe('spring-2026')
    expect(target.searchParams.get('utm_content')).toBe('b')
    expect(await events('Email Link Clicked')).toMatchObject([{ campaign: 'spring-2026', message: 'm1' }])
  })

  it('says nothing where the workspace does not want it, and carries on no visit of another', async () => {
    await set({ linkAttribution: false })
    const target = await click('https://luna.example/?ciclo_visit=copied')
    expect([...target.searchParams.keys()]).toEqual(['ciclo_visit'])
    expect(target.searchParams.get('ciclo_visit')).not.toBe('copied')
  })

  it('is a machine’s by what it says of itself, and how soon it comes', async () => {
    const link = await mail('m1')
    const now = world.test.clock.now()
    const fetches: [Record<string, string>, string, string][] = [
      [{ 'user-agent': CHROME }, 'HEAD', 'machine head'],
      [{ 'user-agent': '' }, 'GET', 'machine no-user-agent'],
      [{ 'sec-purpose': 'prefetch;prerender' }, 'GET', 'machine prefetch'],
      [{ purpose: 'preview' }, 'GET', 'machine prefetch'],
      [{ 'x-moz': 'prefetch' }, 'GET', 'machine prefetch'],
      [{ 'user-agent': GOOGLE }, 'GET', 'machine privacy-proxy'],
      [{ 'user-agent': 'Mozilla/5.0' }, 'GET', 'machine privacy-proxy'],
      [{ 'user-agent': 'YahooMailProxy; https://help.yahoo.com/' }, 'GET', 'machine privacy-proxy'],
      [{ 'user-agent': 'Barracuda Sentinel (EE)' }, 'GET', 'machine bot'],
      [{}, 'GET', 'human'],
    ]
    for (const [headers, method, expected] of fetches) {
      const answer = await request(link('click', { u: shop }), { method, headers })
      // A machine's browser is nobody's.
      expect(answer.headers.get('location')?.includes('ciclo_visit=')).toBe(expected === 'human')
    }
    expect(await clicks()).toEqual(fetches.map(([, , expected]) => expected))
    const soon: [Parameters<typeof mail>[1], string][] = [
      [{ sentAt: now - 1_999 }, 'machine too-soon'],
      [{ sentAt: now - 2_000 }, 'human'],
      [{ state: 'sending', sentAt: null }, 'machine too-soon'],
      [{ state: 'sending', sentAt: null, attemptedAt: now - 1_000 }, 'machine too-soon'],
      [{ state: 'sending', sentAt: null, attemptedAt: now - 9_000 }, 'human'],
    ]
    for (const [place, [more]] of soon.entries())
      await request((await mail(`soon${place}`, more))('click', { u: shop }))
    expect((await clicks()).slice(fetches.length)).toEqual(soon.map(([, expected]) => expected))
  })

  it('is a machine’s in a burst of different links, and a person’s again after it', async () => {
    const link = await mail('m1')
    const other = await mail('m2')
    const follow = async (u: string, from = link) => await request(from('click', { u }))
    await follow('https://luna.example/1')
    await follow('https://luna.example/1')
    await follow('https://luna.example/2', other)
    await follow('https://luna.example/2')
    pass(1_999)
    await follow('https://luna.example/1')
    pass(2_000)
    await follow('https://luna.example/3')
    expect(await clicks()).toEqual(['human', 'human', 'human', 'machine burst', 'machine burst', 'human'])
  })

  it('warms a customer up if it is a person’s, and an opened mail never does', async () => {
    await set({ openTracking: 'full' })
    const link = await mail('m1')
    pass(200 * DAY)
    await world.test.ciclo.settle()
    const engagement = async () => (await ann()).lifecycle['engagement']
    const before = await engagement()
    expect(before).not.toBe('warm')
    await request(link('open'))
    await request(link('click', { u: shop }), { headers: { 'user-agent': 'curl/8' } })
    expect(await engagement()).toBe(before)
    await request(link('click', { u: shop }))
    expect(await engagement()).toBe('warm')
  })
})

describe('scanners', () => {
  it('change nothing by GET and HEAD of every link of a mail, whatever they say they are', async () => {
    await set({ openTracking: 'full' })
    const link = await mail('m1', { topic: 'news', template: 'why-you-left' })
    const x = world.test.clock.now() + DAY
    const links = [
      link('open'),
      link('click', { u: 'https://elsewhere.example/' }),
      link('unsubscribe'),
      link('preferences'),
      link('view'),
      `${link('survey')}?answer=price`,
      link('confirm', { x }),
    ]
    const state = async () => {
      const { lifecycle, consent } = await detail()
      const rest = await Promise.all(
        ['transitions', 'consents', 'messages'].map((name) => world.test.below(world.ann, name)),
      )
      return { lifecycle, consent, rest }
    }
    const before = await state()
    const statuses = new Set<number>()
    for (const path of links) {
      for (const headers of [{ 'user-agent': '' }, { 'user-agent': GOOGLE }, { purpose: 'prefetch' }])
        for (const method of ['GET', 'HEAD']) statuses.add((await request(path, { method, headers })).status)
      statuses.add((await request(path, { method: 'HEAD' })).status)
    }
    // Also one that looks like a person: of the pages nothing happens by looking at them.
    for (const path of links.slice(2)) statuses.add((await request(path)).status)
    expect(statuses).toEqual(new Set([200, 302]))
    expect((await request(link('resubscribe', { x }))).status).toBe(404)
    expect(await state()).toEqual(before)
    const names = (await world.test.below(world.ann, 'events')).map(({ name }) => name)
    expect(new Set(names)).toEqual(new Set([null, 'Subscribed', 'Email Opened', 'Email Link Clicked']))
    expect(new Set((await events('Email Link Clicked')).map((one) => one['class']))).toEqual(
      new Set(['machine']),
    )
  })
})

describe('unsubscribing by a link', () => {
  const bodies: [what: string, init: RequestInit][] = [
    ['no body', {}],
    ['a one-click form', { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }],
    ['multipart', { body: multipart({ 'List-Unsubscribe': 'One-Click' }) }],
    ['JSON', { body: '{}', headers: { 'content-type': 'application/json' } }],
    ['a type that is none', { body: 'x', headers: { 'content-type': 'One-Click' } }],
    ['broken multipart', { body: 'x', headers: { 'content-type': 'multipart/form-data; boundary=y' } }],
    ['a megabyte', { body: 'x'.repeat(2 ** 20), headers: { 'content-type': 'text/plain' } }],
    ['a broken packing', { body: 'x', headers: { 'content-encoding': 'br' } }],
  ]

  it('counts at once, with whatever body, and redirects nowhere', async () => {
    for (const [place, [what, init]] of bodies.entries()) {
      const link = await mail(`m${place}`)
      pass(1_000)
      await submit(track('Subscribed', {}))
      expect([what, await permission()]).toEqual([what, 'subscribed'])
      pass(1_000)
      const answer = await request(link('unsubscribe'), { method: 'POST', ...init })
      expect([what, answer.status, answer.headers.get('location')]).toEqual([what, 200, null])
      expect([what, await permission()]).toEqual([what, 'unsubscribed'])
    }
  })

  it('leaves one topic where the reader chooses so, and everything where it is not the mail’s', async () => {
    const link = await mail('m1', { topic: 'news' })
    expect(await (await request(link('unsubscribe'))).text()).toContain('Only no more “New coffees”')
    const answer = await post(link('unsubscribe'), { only: 'news' })
    expect(await answer.text()).toContain('no more “New coffees”')
    expect([await permission(), await refused()]).toEqual(['subscribed', ['news']])
    expect((await consents()).at(-1)).toBe('refused news link')
    await post(link('unsubscribe'), { only: 'sale' })
    expect([await permission(), await refused()]).toEqual(['unsubscribed', ['news']])
  })

  it('of a customer who is parked is heard at once, and for everything only where that was said', async () => {
    const link = await mail('m1', { topic: 'news' })
    await world.test.store.write(async (tx) => {
      await tx.update(tx.tables.customers).set({ parked: 'RangeError: a test' })
    })
    const closed = async () =>
      (await world.test.store.read((tx) => tx.select().from(tx.tables.suppressions))).map(
        ({ reason }) => reason,
      )
    expect((await post(link('unsubscribe'), { only: 'news' })).status).toBe(200)
    expect(await closed()).toEqual([])
    expect((await post(link('unsubscribe'))).status).toBe(200)
    expect(await closed()).toEqual(['unsubscribed'])
  })

  it('offers no topic that the shop has given up', async () => {
    const link = await mail('m1', { topic: 'old' })
    expect(await (await request(link('unsubscribe'))).text()).not.toContain('name="only"')
  })

  /** The button that takes it back, as the page has it. */
  const undoIn = (page: string) => /action="(\/r\/[\w-]+\.[\w-]+)"/.exec(page)?.[1]

  it('can be taken back for some minutes, by a button that is kept as proof', async () => {
    const link = await mail('m1')
    const undo = undoIn(await (await post(link('unsubscribe'))).text())
    pass(MINUTE)
    expect((await request(undo ?? '')).status).toBe(404)
    expect(await permission()).toBe('unsubscribed')
    const answer = await post(undo ?? '')
    expect([answer.status, await permission()]).toEqual([200, 'subscribed'])
    const [last] = await world.test.below(world.ann, 'consents')
    expect(last).toMatchObject({ status: 'granted', method: 'unsubscribe-undone', source: 'own' })
    expect(String(last?.['text'])).toContain('Yes, send me mails again')
    pass(MINUTE)
    const again = undoIn(await (await post(link('unsubscribe'))).text())
    pass(16 * MINUTE)
    expect([(await post(again ?? '')).status, await permission()]).toEqual([410, 'unsubscribed'])
  })

  it('is no way onto the list: not for who was not on it, has complained, or has another address now', async () => {
    const link = await mail('m1')
    await submit(track('Unsubscribed', {}))
    pass(MINUTE)
    expect(undoIn(await (await post(link('unsubscribe'))).text())).toBeUndefined()
    const x = world.test.clock.now() + DAY
    await submit(track('Subscribed', {}))
    const other = await mail('m2', { address: 'before@example.com' })
    expect(undoIn(await (await post(other('unsubscribe'))).text())).toBeUndefined()
    expect((await post(other('resubscribe', { x }))).status).toBe(410)
    await submit(track('Email Marked as Spam', {}))
    pass(MINUTE)
    expect((await post(link('resubscribe', { x }))).status).toBe(410)
    expect(await permission()).toBe('suppressed')
  })
})

describe('a mail as a page, whoever was sent its address', () => {
  it('leads to the shop without a word of whose mail it was, and from Ciclo only off the list', async () => {
    const page = await (await request((await mail('m1', { topic: 'news' }))('view'))).text()
    expect(page).toContain('href="https://luna.example')
    expect(page).not.toMatch(/\/(?:c|o|p|u|v)\/[\w-]+\.[\w-]+|ciclo_visit/)
    const leave = /\/l\/[\w-]+\.[\w-]+/.exec(page)?.[0] ?? ''
    const asked = await (await request(leave)).text()
    expect(asked).toContain('Only no more “New coffees”')
    expect(asked).not.toContain('/p/')
    const left = await post(leave)
    expect([left.status, await permission()]).toEqual([200, 'unsubscribed'])
    expect(await left.text()).not.toMatch(/\/[rp]\//)
  })

  it('confirms nothing', async () => {
    const link = await mail('m1', { template: 'opt-in-confirmation', purpose: 'transactional' })
    const answer = await request(link('view'))
    expect([answer.status, (await answer.text()).includes('/confirm/')]).toEqual([200, false])
  })
})

describe('a confirmation', () => {
  it('counts no more once its reader has left, but the one of a later sign-up does', async () => {
    const confirmation = { template: 'opt-in-confirmation', purpose: 'transactional' } as const
    const x = world.test.clock.now() + 9 * DAY
    const first = (await mail('m1', confirmation))('confirm', { x })
    expect((await post(first)).status).toBe(200)
    pass(DAY)
    await submit(track('Unsubscribed', {}))
    expect([(await request(first)).status, (await post(first)).status]).toEqual([410, 410])
    expect(await permission()).toBe('unsubscribed')
    pass(DAY)
    const second = (await mail('m2', confirmation))('confirm', { x })
    expect([(await request(second)).status, (await post(second)).status]).toEqual([200, 200])
    expect(await permission()).toBe('subscribed')
  })
})

describe('a link in a loop', () => {
  const times = async (count: number, ask: () => Promise<Response>) => {
    const statuses = new Set<number>()
    for (let place = 0; place < count; place += 1) statuses.add((await ask()).status)
    return [...statuses]
  }

  const recorded = async (name: string) => {
    const all = await world.test.store.read((tx) => tx.select().from(tx.tables.events))
    return all.filter((event) => event.name === name).length
  }

  it('is answered, and recorded a hundred times and then twice a minute', async () => {
    await set({ openTracking: 'full' })
    const link = await mail('m1')
    const u = 'https://luna.example/'
    expect(await times(103, () => request(link('click', { u })))).toEqual([302])
    expect(await times(103, () => request(link('open')))).toEqual([200])
    expect([await recorded('Email Link Clicked'), await recorded('Email Opened')]).toEqual([100, 100])
    pass(MINUTE / 2)
    await times(3, () => request(link('click', { u })))
    expect(await recorded('Email Link Clicked')).toBe(101)
  })

  it('that says or draws something is refused, and keeps nobody from leaving', async () => {
    const link = await mail('m1')
    const survey = link('survey')
    expect(await times(101, () => post(survey, { score: '9' }))).toEqual([200, 429])
    expect(await times(101, () => request(link('view')))).toEqual([200, 429])
    expect(await times(101, () => request(link('unsubscribe')))).toEqual([200])
    const answer = await post(link('unsubscribe'))
    expect([answer.status, await permission()]).toEqual([200, 'unsubscribed'])
    expect((await post(survey, { score: '9' })).headers.get('retry-after')).toBe('30')
  })
})

describe('the look of the shop', () => {
  it('is a style sheet, and its logo the only thing from elsewhere', async () => {
    const brand = {
      logoUrl: 'https://cdn.luna.example/logo.png',
      colours: { accent: '#ffee00', onAccent: '#ffffff' },
    }
    await set({ brand })
    const link = await mail('m1')
    const answer = await request(link('unsubscribe'))
    const page = await answer.text()
    expect(answer.headers.get('content-security-policy')).toContain(
      "img-src https://cdn.luna.example 'self' data:",
    )
    expect(page).not.toMatch(/<style|\sstyle=|<script|\son\w+=/)
    const sheet = /href="(\/assets\/brand\/[^"]+)"/.exec(page)?.[1] ?? ''
    const style = await request(sheet)
    expect(style.headers.get('content-type')).toContain('text/css')
    // White on yellow, and yellow on white, nobody can read.
    expect(await style.text()).toMatch(/--accent: #ffee00; --on-accent: #000000; --link: #1d2327;/)
    expect((await request('/assets/brand/nobody.css')).status).toBe(404)
  })
})
