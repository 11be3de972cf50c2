import { expect, it } from 'vitest'
import type { Json } from '../support/useCiclo.ts'
import { useSqlite } from '../support/useSqlite.ts'
import { BODY, mjmlOf, strings, useTemplates } from './ownTemplates.ts'

const { world, audit, post, submit, send, put, get } = useTemplates(useSqlite())

it('are refused with their places where they have errors, and nothing is lost', async () => {
  const body = {
    ...BODY,
    mjml: mjmlOf('<mj-image src="https://shop.example/i.png" />\n<mj-text>{{ customer.age }}</mj-text>'),
  }
  const saved = (await put('spring-sale', body)) as { problems: Json[] }
  expect(saved.problems.map(({ code, place }) => [code, place])).toEqual([
    ['unknown-variable', { line: 5 }],
    ['missing-alt', { line: 4, element: 'mj-image' }],
  ])
  expect(await send('POST', '/spring-sale/publish')).toMatchObject({
    code: 'invalid-template',
    status: 422,
    problems: saved.problems,
  })
  expect(await get('/spring-sale')).toMatchObject({ of: 'draft', source: body })
  expect(await send('POST', '/spring-sale/check', BODY)).toEqual({ problems: [] })
})

it('are refused where they are none', async () => {
  const cases: [string, unknown, RegExp][] = [
    ['/Spring Sale/draft', BODY, /name/],
    ['/x/draft', { strings: strings() }, /mjml/],
    ['/x/draft', { ...BODY, strings: { english: {} } }, /strings/],
    ['/x/draft', { ...BODY, name: 'y' }, /name/],
    ['/x/draft', { ...BODY, mjml: 'x'.repeat(200_001) }, /mjml/],
  ]
  for (const [path, body, message] of cases)
    expect(await send('PUT', path, body)).toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(message) as unknown,
    })
})

it('are known to journeys, in the languages that they have', async () => {
  const journey = {
    id: 'spring',
    name: 'Spring',
    trigger: { kind: 'transition', region: 'permission', to: 'subscribed' },
    reentry: { kind: 'never' },
    steps: [{ id: 'mail', kind: 'send', template: 'spring-sale', purpose: 'marketing' }],
  }
  const problems = async () => {
    const { journeys } = (await post('/api/journeys/validate', { journeys: [journey] })) as {
      journeys: { problems: Json[] }[]
    }
    return journeys[0]?.problems.map(({ code }) => code)
  }
  expect(await problems()).toContain('missing-template')
  await put('spring-sale')
  expect(await problems()).toContain('missing-template')
  await send('POST', '/spring-sale/publish')
  expect(await problems()).not.toContain('missing-template')
  await world.test.request('/api/settings', { method: 'PATCH', body: JSON.stringify({ locale: 'pl' }) })
  expect(await problems()).toContain('missing-locale')
})

it('show what a customer would get now, and nothing that only a browser has said', async () => {
  const { item } = world.test
  const product = { product_id: 'p1', name: 'Sidamo', price: 9.9, quantity: 2 }
  const order = { order_id: '1001', total: 19.8, currency: 'EUR', products: [product] }
  const named = {
    type: 'identify' as const,
    userId: 'ana',
    traits: { email: 'ana@x.example', firstName: 'Ana' },
  }
  await submit(
    item('secret', named),
    item('secret', { type: 'track', name: 'Order Completed', userId: 'ana', properties: order }),
    item('public', {
      type: 'track',
      name: 'Order Completed',
      userId: 'ana',
      properties: { ...order, order_id: 'evil', total: 1 },
    }),
  )
  const shown = await send('POST', '/order-confirmation/preview', { email: 'Ana@x.example' })
  expect(shown).toMatchObject({
    subject: expect.stringContaining('1001') as unknown,
    locale: 'en',
    purpose: 'transactional',
  })
  expect(shown['text']).toMatch(/Sidamo/)
  expect(JSON.stringify(shown)).not.toContain('evil')
  expect(
    await send('POST', '/order-confirmation/preview', { email: 'ana@x.example', locale: 'pl-PL' }),
  ).toMatchObject({
    locale: 'pl',
  })
  expect(await send('POST', '/welcome/preview', { email: 'nobody@x.example' })).toMatchObject({
    code: 'not-found',
  })
  const made = await send('POST', '/price-drop/preview')
  expect(made).toMatchObject({ problems: [] })

  const source = { ...BODY, mjml: mjmlOf('<mj-text>{{ customer.firstName }} {{ event.colour }}</mj-text>') }
  expect(await send('POST', '/spring-sale/preview', { email: 'ana@x.example', source })).toMatchObject({
    subject: 'News from Cafetal',
    text: expect.stringContaining('Ana') as unknown,
    problems: [{ code: 'unknown-variable', severity: 'warning' }],
  })
  const broken = { ...BODY, mjml: mjmlOf('<mj-text>{% if %}</mj-text>') }
  expect(await send('POST', '/spring-sale/preview', { source: broken })).toMatchObject({
    code: 'invalid-template',
    problems: [{ code: 'liquid-invalid', place: { line: 4 } }],
  })
})

it('are sent to whoever wants to look at them, and to nobody else', async () => {
  await put('spring-sale')
  const sent = await send('POST', '/spring-sale/test', { to: 'Me@shop.example' })
  expect(sent).toMatchObject({ to: 'me@shop.example', subject: '[Test] News from Cafetal', taken: true })
  expect(world.mails.map(({ subject, to }) => [subject, to?.map(({ address }) => address)])).toEqual([
    ['[Test] News from Cafetal', ['me@shop.example']],
  ])
  expect(world.mails[0]?.html).toContain('/u/preview')
  expect((await audit())[0]).toMatchObject({ action: 'template.tested' })
  for (const to of ['me', 'a@x.example,b@x.example', 'a@x.example\r\nBcc: b@x.example', '<a@x.example>'])
    expect(await send('POST', '/spring-sale/test', { to })).toMatchObject({ code: 'bad-request' })
  expect(world.mails).toHaveLength(1)
})
