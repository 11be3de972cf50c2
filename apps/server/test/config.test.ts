import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ciclo-config-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const read = (environment: Record<string, string>) =>
  readConfig({ DATABASE_URL: `file:${folder}/ciclo.db`, ...environment })

describe('the configuration', () => {
  it('has a default for everything, and keeps one secret next to the data for its owner alone', () => {
    const config = read({})
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, clock: 'system', logLevel: 'info' })
    expect(config.secret).toBe(readFileSync(join(folder, 'secret'), 'utf8').trim())
    expect(statSync(join(folder, 'secret')).mode & 0o077).toBe(0)
    expect(read({}).secret).toBe(config.secret)
  })

  it('treats an empty variable as one that is not set', () => {
    expect(read({ PORT: '', SMTP_URL: '' })).toMatchObject({ port: 8080, smtpUrl: undefined })
  })

  it('reads limits as numbers or off, and proxies as a number or a word', () => {
    expect(read({})).toMatchObject({ trustProxy: 'auto', limits: { eventsPerAddress: 200, signUps: 10_000 } })
    expect(read({ TRUST_PROXY: '2', LIMIT_SIGN_UPS: 'off', LIMIT_EVENTS_PER_CUSTOMER: '5' })).toMatchObject({
      trustProxy: 2,
      limits: { signUps: Infinity, eventsPerCustomer: 5 },
    })
    expect(read({ TRUST_PROXY: 'none' }).trustProxy).toBe('none')
  })

  it('reads hosts of webhooks as addresses name them', () => {
    expect(read({}).webhookHosts).toEqual(new Set())
    expect(read({ CICLO_WEBHOOK_HOSTS: 'Shop.Internal, 10.0.0.7,,::1 ,[FD00:0::2]' }).webhookHosts).toEqual(
      new Set(['shop.internal', '10.0.0.7', '[::1]', '[fd00::2]']),
    )
  })

  it('takes mails that come back only where it is told to', () => {
    expect(read({}).feedback).toEqual({ smtp: undefined, address: undefined, maildir: undefined })
    const given = {
      FEEDBACK_SMTP_PORT: '2525',
      FEEDBACK_ADDRESS: 'FBL@Shop.example',
      FEEDBACK_MAILDIR: '/var/mail/b',
    }
    expect(read(given).feedback).toEqual({
      smtp: { host: '127.0.0.1', port: 2525 },
      address: 'fbl@shop.example',
      maildir: '/var/mail/b',
    })
  })

  it('reads a sender with and without a name', () => {
    expect(read({ MAIL_FROM: 'Café <News@Shop.example>' }).mailFrom).toEqual({
      name: 'Café',
      address: 'news@shop.example',
    })
    expect(read({ MAIL_FROM: 'news@shop.example' }).mailFrom).toEqual({
      name: '',
      address: 'news@shop.example',
    })
  })

  it.each([
    ['PORT', 'abc', 'PORT: given "abc", expected a port number'],
    ['PUBLIC_URL', 'shop.example', 'PUBLIC_URL: given "shop.example", expected an http(s) address'],
    ['DATABASE_URL', 'mysql://me:password@there/x', 'DATABASE_URL: given 27 characters, expected file:'],
    ['SMTP_URL', 'mail.example', 'SMTP_URL: given 12 characters, expected smtp'],
    ['CICLO_SECRET', 'short', 'CICLO_SECRET: given 5 characters, expected at least 32'],
    ['CICLO_WRITE_KEY', 'short', 'CICLO_WRITE_KEY: given 5 characters, expected at least 16'],
    ['MAIL_FROM', 'a@b.example, c@d.example', 'MAIL_FROM: given "a@b.example, c@d.example", expected'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL: given "loud", expected fatal'],
    ['TRUST_PROXY', 'yes', "TRUST_PROXY: given \"yes\", expected 'auto', 'none' or a number of proxies"],
    ['TRUST_PROXY', '0', 'TRUST_PROXY: given "0", expected'],
    ['LIMIT_SIGN_UPS', '0', 'LIMIT_SIGN_UPS: given "0", expected a whole number from 1 on, or'],
    ['LIMIT_EVENTS_PER_KEY', '1e9', 'LIMIT_EVENTS_PER_KEY: given "1e9", expected'],
    ['CICLO_WEBHOOK_HOSTS', 'a.example, http://b.example', 'not "http://b.example"'],
    ['CICLO_WEBHOOK_HOSTS', 'a.example:80', 'CICLO_WEBHOOK_HOSTS: given "a.example:80", expected hosts'],
    ['CICLO_WEBHOOK_HOSTS', 'a.example/x', 'not "a.example/x"'],
    ['CICLO_WEBHOOK_HOSTS', '1.2.3.256', 'not "1.2.3.256"'],
    ['CICLO_WEBHOOK_HOSTS', '*', 'not "*"'],
    [
      'FEEDBACK_SMTP_PORT',
      'smtp',
      'FEEDBACK_SMTP_PORT: given "smtp", expected a port number from 0 to 65535',
    ],
    [
      'FEEDBACK_ADDRESS',
      'a@b.example,c@d.example',
      'FEEDBACK_ADDRESS: given "a@b.example,c@d.example", expected one',
    ],
    ['CICLO_CLOCK', 'fast', "CICLO_CLOCK: given \"fast\", expected 'system' or 'test'"],
  ])('says what is wrong with %s=%s', (name, value, message) => {
    expect(() => read({ [name]: value })).toThrow(message)
  })

  it('keeps the test clock to loopback', () => {
    expect(() => read({ CICLO_CLOCK: 'test', HOST: '0.0.0.0' })).toThrow(
      "expected 'system' where HOST (0.0.0.0)",
    )
    expect(read({ CICLO_CLOCK: 'test' }).clock).toBe('test')
  })
})
