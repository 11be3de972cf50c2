import { expect, it } from 'vitest'
import { forwardedFor, sendRaw } from '../support/sendFrom.ts'
import { startSmtpCatcher } from '../support/startSmtpCatcher.ts'
import { startTestServer } from '../support/startTestServer.ts'

const PER_ADDRESS = 20
const AT_ONCE = 25

/** A flood of sign-ups for one victim, each from a browser of its own, 20 of them at each address. */
export function mailBombing(signUps: number): void {
  it(`mail-bombing through the public key: ${signUps} sign-ups are one mail, with no word of theirs in it`, async () => {
    const smtp = await startSmtpCatcher()
    const server = await startTestServer({
      environment: { SMTP_URL: smtp.url, LIMIT_SIGN_UPS: String(signUps) },
    })
    const victim = 'bombed@example.com'
    const advert = 'BUY NOW at https://evil.example'
    const words = {
      firstName: advert,
      name: advert,
      text: advert,
      method: advert,
      topic: advert,
      url: advert,
    }
    const flood = async (caller: number) => {
      const batch = Array.from({ length: PER_ADDRESS }, (_, place) => ({
        type: 'track',
        event: 'Subscribed',
        anonymousId: `bomber ${caller} ${place}`,
        properties: { ...words, email: place % 2 === 0 ? victim : victim.toUpperCase() },
        traits: words,
        context: { locale: 'en', page: { title: advert, url: 'https://evil.example' }, traits: words },
      }))
      return await sendRaw(server.url, '/v1/batch', {
        method: 'POST',
        body: JSON.stringify({ writeKey: server.writeKey, batch }),
        headers: forwardedFor(`198.18.${caller >> 8}.${caller & 255}`),
      })
    }
    try {
      for (let caller = 0; caller < signUps / PER_ADDRESS; caller += AT_ONCE) {
        const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, more) => flood(caller + more)))
        expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['{"success":true}']))
      }
      await smtp.waitForMail(victim)
      await server.api.passTime(1_000)
      const [mail, ...others] = smtp.mails
      expect(others).toEqual([])
      expect(mail!.envelope.to).toEqual([victim])
      const { html, text, headers } = mail!.email
      for (const part of [mail!.raw.toString('latin1'), html, text, JSON.stringify(headers)])
        expect(part).not.toMatch(/BUY NOW|evil\.example/i)

      // That was all that the workspace takes of browsers in an hour, and a little flows in every second.
      const more = await Promise.all(Array.from({ length: AT_ONCE }, (_, caller) => flood(10_000 + caller)))
      const refused = more.filter(({ status }) => status === 429)
      expect(refused.length).toBeGreaterThan(5)
      for (const answer of refused) {
        expect(answer.body).toMatchObject({ code: 'too-many-sign-ups' })
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
      }
    } finally {
      await server.stop()
      await smtp.stop()
    }
  })
}
