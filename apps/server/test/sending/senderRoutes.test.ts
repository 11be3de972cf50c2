import { describe, expect, it } from 'vitest'
import type { ShownSender } from '../../src/routes/senderSchemas.ts'
import { SECRET_KEY } from '../support/createTestCiclo.ts'
import { useSenders, type Json } from '../support/useSenders.ts'
import { useSqlite } from '../support/useSqlite.ts'

describe('senders', () => {
  const { actions, ask, done, messagesOf, NEWS, server, smtp, stored, subscribe, takeLive, test, zone } =
    useSenders(useSqlite())

  it('are the installation’s own where a workspace has set up none', async () => {
    const { senders } = (await done('GET', '')) as unknown as { senders: ShownSender[] }
    expect(senders).toMatchObject(
      ['marketing', 'transactional'].map((purpose) => ({
        id: purpose,
        purpose,
        status: 'live',
        isMain: true,
        isInstallation: true,
        from: { name: 'Shop', address: 'news@shop.example' },
        server: null,
      })),
    )
    expect(await done('GET', '/marketing')).toMatchObject({ id: 'marketing' })
    expect(await ask('GET', '/news')).toMatchObject({ status: 404 })
  })

  it('are set up, checked, tried, and then mails go by them', async () => {
    expect(await done('PUT', '/news', NEWS())).toMatchObject({ status: 'draft', isMain: false })
    // A draft sends nothing.
    expect(await done('GET', '/marketing')).toMatchObject({ isInstallation: true })
    expect(await ask('POST', '/news/live')).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('send a test mail') as string },
    })
    const refused = await ask('POST', '/news/live', { testTo: 'me@shop.example' })
    expect(refused).toMatchObject({
      status: 409,
      body: {
        detail: expect.stringContaining('dkim: nobody is known to sign') as string,
        problems: [{ check: 'dkim', blocks: true }],
      },
    })
    const { dkim } = await done('POST', '/news/dkim', { selector: 's1' })
    expect(dkim).toMatchObject({ domain: 'shop.example', selector: 's1', signedBy: 'ciclo' })
    expect((await done('POST', '/news/check')).check).toMatchObject({
      ok: false,
      records: expect.arrayContaining([
        expect.objectContaining({ check: 'dkim', status: 'fail', set: dkim?.record }),
      ]) as unknown,
    })
    zone()['s1._domainkey.shop.example'] = { txt: [dkim?.record?.value ?? ''] }
    expect((await done('POST', '/news/check')).check).toMatchObject({ ok: true })
    // The key is another since the test: it counts no more.
    expect(await ask('POST', '/news/live')).toMatchObject({ status: 409 })
    expect(await done('POST', '/news/test', { to: 'Me@shop.example' })).toMatchObject({ taken: true })
    expect(await done('POST', '/news/live')).toMatchObject({ status: 'live', isMain: true })
    expect(await ask('GET', '/marketing')).toMatchObject({ status: 404 })
    const tests = smtp().mailsTo('me@shop.example')
    expect(tests).toHaveLength(2)
    expect(tests[1]?.email).toMatchObject({
      subject: '[Test] Sender news',
      from: { name: 'Luna', address: 'news@shop.example' },
    })
    expect(tests[1]?.raw.toString()).toMatch(/^DKIM-Signature: .*d=shop\.example;\s+s=s1;/)
    expect((await actions()).slice(0, 5)).toEqual([
      'sender.live',
      'sender.tested',
      'sender.dkim-made',
      'sender.tested',
      'sender.saved',
    ])
  })

  it('go live against the records only with a reason, and never without a test mail', async () => {
    await done('PUT', '/news', NEWS())
    expect(await ask('POST', '/news/live', { force: true, testTo: 'me@shop.example' })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('reason') as string },
    })
    smtp().answer('me@shop.example', [{ at: 'RCPT TO', reply: '550 5.7.1 Not you' }])
    const insist = { force: true, reason: 'a relay inside', testTo: 'me@shop.example' }
    expect(await ask('POST', '/news/live', insist)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('550 5.7.1 Not you') as string },
    })
    expect(await ask('POST', '/news/live', { force: true, reason: 'a relay inside' })).toMatchObject({
      status: 409,
    })
    await done('POST', '/news/live', insist)
    const { entries } = (await test().request('/api/audit')) as { entries: Json[] }
    expect(entries[0]).toMatchObject({
      action: 'sender.live',
      details: { sender: 'news', forced: 'a relay inside' },
    })
  })

  it('are tested without a word in the audit of whom the server has named', async () => {
    await done('PUT', '/news', NEWS())
    smtp().answer('me@shop.example', [
      { at: 'RCPT TO', reply: '550 5.7.1 <me@shop.example>: Not from 198.51.100.7' },
    ])
    await done('POST', '/news/test', { to: 'me@shop.example' })
    await done('POST', '/news/test', { to: 'me@shop.example' })
    const { entries } = (await test().request('/api/audit')) as { entries: Json[] }
    expect(entries.slice(0, 2).map(({ details }) => details)).toEqual([
      { sender: 'news', taken: true },
      { sender: 'news', taken: false, code: '5.7.1' },
    ])
    expect(JSON.stringify(entries)).not.toContain('me@shop.example')
  })

  it('do not change how they deliver while they are live', async () => {
    await takeLive()
    expect(await ask('PUT', '/news', { server: server({ host: 'other.example' }) })).toMatchObject({
      status: 409,
    })
    expect(await ask('PUT', '/news', { from: { address: 'new@shop.example' } })).toMatchObject({
      status: 409,
    })
    expect(await ask('DELETE', '/news')).toMatchObject({ status: 409 })
    // The same again is no change, and names and limits may change at any time.
    const limits = { perHour: { 'hotmail.com': 7 } }
    const changed = await done('PUT', '/news', {
      ...NEWS(),
      from: { name: 'Luna II', address: 'news@shop.example' },
      replyTo: 'Help@shop.example',
      limits,
    })
    expect(changed).toMatchObject({
      status: 'live',
      from: { name: 'Luna II' },
      replyTo: 'help@shop.example',
      limits: { warmUp: null, perHour: { 'outlook.com': 7 } },
      testedAt: expect.any(String) as string,
    })
    await done('POST', '/news/stop')
    await done('PUT', '/news', { server: server({ user: 'u', password: 'p' }) })
    expect(await ask('POST', '/news/resume')).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('changed since') as string },
    })
    expect(await done('DELETE', '/news')).toEqual({ deleted: 'news' })
    expect(await stored()).toEqual([])
  })

  it.each<[string, Json, string]>([
    ['no purpose', { from: null }, 'purpose: given nothing'],
    ['another purpose', { purpose: 'sales' }, 'purpose'],
    ['something unknown', { purpose: 'marketing', password: 'CANARY' }, ''],
    [
      'several addresses',
      { purpose: 'marketing', from: { address: 'a@b.example, c@d.example' } },
      'from.address',
    ],
    [
      'a header in the name',
      { purpose: 'marketing', from: { name: 'A\r\nBcc: x', address: 'a@b.example' } },
      'from.name',
    ],
    [
      'a header in the reply address',
      { purpose: 'marketing', replyTo: 'a@b.example\r\nBcc: x@y.example' },
      'replyTo',
    ],
    ['no domain', { purpose: 'marketing', bounceDomain: 'bounces' }, 'bounceDomain'],
    [
      'an own bounce domain at a provider',
      {
        purpose: 'marketing',
        server: { preset: 'brevo', user: 'u', password: 'p' },
        bounceDomain: 'b.shop.example',
      },
      'bounceDomain: Brevo writes its own',
    ],
    [
      'a key that is none',
      {
        purpose: 'marketing',
        from: { address: 'a@b.example' },
        dkim: { selector: 's', privateKey: 'CANARY' },
      },
      'dkim.privateKey',
    ],
    [
      'a selector that is none',
      { purpose: 'marketing', dkim: { domain: 'b.example', selector: 'a b' } },
      'dkim.selector',
    ],
    ['a key of no domain', { purpose: 'marketing', dkim: { selector: 's1' } }, 'dkim.domain'],
    [
      'a limit of nothing',
      { purpose: 'marketing', limits: { perHour: { 'gmail.com': 0 } } },
      'limits.perHour',
    ],
    [
      'two names of one provider',
      { purpose: 'marketing', limits: { perHour: { 'gmail.com': 1, 'googlemail.com': 2 } } },
      'counted as gmail.com',
    ],
    [
      'a warm-up that shrinks',
      { purpose: 'marketing', limits: { warmUp: { startedAt: 0, growth: 0.5 } } },
      'limits.warmUp',
    ],
  ])('are refused with %s', async (_what, body, reason) => {
    const answer = await ask('PUT', '/news', body)
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining(reason) as string } })
    expect(JSON.stringify(answer)).not.toContain('CANARY')
    expect(await stored()).toEqual([])
  })

  it('are refused under names that mean something else', async () => {
    expect(await ask('PUT', '/News%20letter', NEWS())).toMatchObject({ status: 400 })
    expect(await ask('PUT', '/transactional', NEWS())).toMatchObject({ status: 400 })
    await done('PUT', '/news', NEWS())
    expect(await ask('PUT', '/news', { purpose: 'transactional' })).toMatchObject({ status: 400 })
  })

  it('show nothing secret anywhere', async () => {
    const secrets = { user: 'u', password: 'CANARY-password' }
    await done('PUT', '/news', { ...NEWS(), server: server(secrets) })
    await done('POST', '/news/dkim')
    const privateKey = await test().store.read(async (tx) => {
      const [row] = await tx.select().from(tx.tables.senders)
      return row?.dkimKey
    })
    await done('PUT', '/mark', {
      purpose: 'transactional',
      server: { preset: 'postmark', token: 'CANARY-token', stream: 'outbound' },
    })
    await ask('PUT', '/mark', { server: { preset: 'ses', region: 'eu-west-1', user: 'x' } })
    await ask('PUT', '/mark', { server: { preset: 'postmark', token: 'CANARY-\r', stream: 'outbound' } })
    await ask('POST', '/news/live', { testTo: 'me@shop.example' })
    await ask('POST', '/news/test', { to: 'me@shop.example' })
    const garbled = await test().ciclo.app.request('/api/senders/news', {
      method: 'PUT',
      headers: { authorization: `Bearer ${SECRET_KEY}` },
      body: '{ "password": CANARY-garbled }',
    })
    expect(garbled.status).toBe(400)
    const everything = [
      await garbled.text(),
      await ask('GET', ''),
      await ask('GET', '/news'),
      await ask('POST', '/news/check'),
      await ask('POST', '/news/test', { to: 'no address' }),
      await test().request('/api/audit?limit=200'),
      await test().request('/api/openapi.json'),
      await stored(),
      await test().store.read((tx) => tx.select().from(tx.tables.audit)),
    ]
    const text = JSON.stringify(everything)
    expect(text).not.toContain('CANARY')
    expect(text).not.toContain('PRIVATE KEY')
    expect(privateKey).toMatch(/^v1\./)
    expect(JSON.stringify(everything.slice(0, 7))).not.toContain(privateKey)
  })

  it('that were set up with another secret keep their mails, and say why', async () => {
    await takeLive(
      'news',
      { server: server({ user: 'u', password: 'p' }), from: NEWS().from },
      { force: true, reason: 'no login there' },
    )
    await test().store.write(async (tx) => {
      await tx.update(tx.tables.senders).set({ smtp: 'v1.AAAA', status: 'live', isMain: true })
    })
    expect(await done('GET', '/news')).toMatchObject({
      server: null,
      reason: expect.stringContaining('CICLO_SECRET') as string,
    })
    expect(await ask('POST', '/news/test', { to: 'me@shop.example' })).toMatchObject({ status: 409 })
    smtp().mails.length = 0
    await test().ciclo.ingest.submit([subscribe('ann')])
    await test().ciclo.settle()
    expect(await messagesOf('ann')).toMatchObject([{ state: 'queued', reason: 'stream-stopped' }])
    expect(smtp().mails).toEqual([])
  })
})
