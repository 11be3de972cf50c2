import { describe, expect, it } from 'vitest'
import { smtpOptionsOf } from '../../src/sending/smtpOptions.ts'

describe('The address of a mail server', () => {
  it.each([
    ['smtp://mail.example', { host: 'mail.example', port: 587, secure: false, tls: {} }],
    ['smtps://mail.example', { host: 'mail.example', port: 465, secure: true, tls: {} }],
    ['smtp://mail.example:465', { host: 'mail.example', port: 465, secure: true, tls: {} }],
    ['smtp://[::1]:25?pool=true', { host: '::1', port: 25, secure: false, tls: {} }],
    [
      'smtp://us%40er:p%3Aw%2F@mail.example:2525?requireTLS=true&tls.rejectUnauthorized=false&name=mx.shop.example',
      {
        host: 'mail.example',
        port: 2525,
        secure: false,
        auth: { user: 'us@er', pass: 'p:w/' },
        requireTLS: true,
        name: 'mx.shop.example',
        tls: { rejectUnauthorized: false },
      },
    ],
  ])('%s', (url, options) => {
    expect(smtpOptionsOf(url)).toEqual(options)
  })

  it.each([
    ['mail.example', /expected smtp:\/\//],
    ['http://mail.example', /given http:/],
    // What reads files, prints passwords or takes our own settings away.
    ['smtp://u:secret@mail.example?debug=true', /given the option debug, expected one of name/],
    ['smtp://u:secret@mail.example?logger=true', /given the option logger/],
    ['smtp://u:secret@mail.example?proxy=http://x', /given the option proxy/],
    ['smtp://u:secret@mail.example?maxRequeues=9', /given the option maxRequeues/],
    ['smtp://u:secret@mail.example?__proto__=1', /given the option __proto__/],
    ['smtp://u:secret@mail.example?name=a%0D%0AMAIL', /given another value of name/],
    ['smtp://u:secret@mail.example?requireTLS=perhaps', /given another value of requireTLS/],
  ])('is refused without being repeated: %s', (url, message) => {
    expect(() => smtpOptionsOf(url)).toThrow(message)
    expect(() => smtpOptionsOf(url)).not.toThrow(/secret/)
  })
})
