import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashAddress } from '../../src/tokens.ts'
import { SECRET } from '../support/createTestCiclo.ts'
import { cookieIn, createTestTeam, PASSWORD, startMailCatcher, type TestTeam } from './testTeam.ts'

const DAY = 86_400_000
const OTHER = 'quite another passphrase'

/** In numbers, the lowest first. */
const statusesOf = (answers: readonly Response[]) =>
  answers.map(({ status }) => status).toSorted((one, other) => one - other)

/** How people come in to the studio, and how nobody else does. */
export function accessContract(database: string, createDatabase: () => Promise<string>) {
  describe(`Who may come in, on ${database}`, () => {
    let team: TestTeam
    beforeEach(async () => {
      team = await createTestTeam(await createDatabase())
    })
    afterEach(() => team.stop())

    const setUp = (body: object, token = team.setUpToken()) => team.post(`/api/access/set-up/${token}`, body)
    const olga = { name: 'Olga', email: 'Olga@Shop.example', password: PASSWORD }
    const owner = () => team.emailOf('owner')
    const everything = async () =>
      JSON.stringify(
        await team.store.read(async (tx) => {
          const rows: Record<string, unknown[]> = {}
          for (const [name, table] of Object.entries(tx.tables)) rows[name] = await tx.select().from(table)
          return rows
        }),
      )
    const actions = async () => (await team.audit()).map(({ action }) => action)
    const invite = async (role: string, email = `${role}@shop.example`) => {
      const made = await team.post(
        '/api/team/invitations',
        { email, role },
        { cookie: team.cookieOf('owner') },
      )
      const body = (await made.json()) as { id: string; link: string; mail: { state: string } }
      return { status: made.status, ...body, token: body.link?.split('/').at(-1) ?? '' }
    }
    const accept = (token: string, name = 'Mara') =>
      team.post(`/api/access/invitations/${token}`, { name, password: PASSWORD })
    const teamNow = async () =>
      (await (await team.request('/api/team', { headers: { cookie: team.cookieOf('owner') } })).json()) as {
        members: { id: string; email: string; role: string }[]
        invitations: { id: string; email: string; expired: boolean }[]
      }
    const idOf = async (role: string) =>
      (await teamNow()).members.find(({ email }) => email === `${role}@shop.example`)?.id ?? ''

    it('the set-up link makes the first owner once, and signs them in', async () => {
      expect(await team.json(team.request(`/api/access/set-up/${team.setUpToken()}`))).toEqual({
        shop: 'Shop',
      })
      const made = await setUp(olga)
      expect(made.status).toBe(200)
      const session = await team.json(team.request('/api/session', { headers: { cookie: cookieIn(made) } }))
      expect(session).toMatchObject({ user: { name: 'Olga', email: 'olga@shop.example' }, role: 'owner' })
      expect((await setUp({ ...olga, email: 'eve@shop.example' })).status).toBe(404)
      expect((await team.request(`/api/access/set-up/${team.setUpToken()}`)).status).toBe(404)
      expect(await actions()).toEqual(['session.started', 'owner.made'])
    })

    it('of two who use the set-up link at once, one becomes the owner', async () => {
      const both = await Promise.all([setUp(olga), setUp({ ...olga, email: 'eve@shop.example' })])
      expect(statusesOf(both)).toEqual([200, 404])
    })

    it('a set-up link in which one character differs opens nothing', async () => {
      const token = team.setUpToken()
      for (const place of [0, 10, token.length - 2]) {
        const other = token[place] === 'A' ? 'B' : 'A'
        const changed = `${token.slice(0, place)}${other}${token.slice(place + 1)}`
        expect((await setUp(olga, changed)).status).toBe(404)
      }
      // The kind is part of what is signed.
      const reset = team.tokens.sign('reset', { u: 'x', p: 'x', x: team.clock.now() + DAY })
      expect((await setUp(olga, reset)).status).toBe(404)
    })

    it.each([
      ['a short password', { password: 'eleven char' }, 'password: expected at least 12 characters'],
      ['a password without end', { password: 'x'.repeat(129) }, 'password: expected at most 128 characters'],
      ['no name', { name: ' ' }, 'name: expected a name'],
      ['no address', { email: 'olga' }, 'email: expected one address, such as you@shop.example'],
      ['a role', { role: 'owner' }, 'Unrecognized key'],
    ])('an owner with %s is refused, with where it is wrong', async (_, change, message) => {
      const refused = await setUp({ ...olga, ...change })
      expect(refused.status).toBe(400)
      expect(await refused.text()).toContain(message)
    })

    it('the cookie is for this server alone: no script, no other site, no plain connection', async () => {
      const [cookie = ''] = (await setUp(olga)).headers.getSetCookie()
      expect(cookie).toMatch(/^__Secure-ciclo\.session_token=/)
      for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/', 'Max-Age=1209600'])
        expect(cookie.split('; ')).toContain(attribute)
      expect(cookie).not.toMatch(/Domain=/)
    })

    it('no password, token or cookie is kept as it is, and none is in the audit', async () => {
      const canary = 'a canary of a password'
      const made = await setUp({ ...olga, password: canary })
      const token = cookieIn(made).split('=').at(1) ?? ''
      await team.signIn(olga.email, `${canary} that is wrong`)
      const kept = await everything()
      expect(kept).not.toContain(canary)
      expect(kept).not.toContain(token)
      expect(kept).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
      expect(JSON.stringify(await team.audit())).not.toContain('olga@shop.example')
    })

    it('nobody signs themselves up', async () => {
      await team.join('owner')
      for (const path of ['sign-up/email', 'request-password-reset', 'get-session', 'verify-email', 'ok'])
        expect((await team.post(`/api/auth/${path}`, olga)).status, path).toBeGreaterThanOrEqual(400)
      expect((await teamNow()).members).toHaveLength(1)
    })

    describe('with an owner', () => {
      beforeEach(() => team.join('owner'))

      it('session fixation: every sign-in begins a new session, and ends the one that was brought', async () => {
        const before = team.cookieOf('owner')
        const planted = '__Secure-ciclo.session_token=planted.by-somebody'
        const first = cookieIn(await team.signIn(owner(), PASSWORD, { cookie: planted }))
        const second = cookieIn(await team.signIn(owner(), PASSWORD, { cookie: before }))
        expect(new Set([before, planted, first, second]).size).toBe(4)
        expect(await team.sessionStatus(planted)).toBe(401)
        expect(await team.sessionStatus(before)).toBe(401)
        expect(await team.sessionStatus(first)).toBe(200)
        expect(await team.sessionStatus(second)).toBe(200)
      })

      it('a cookie in which one character differs is nobody’s', async () => {
        const cookie = team.cookieOf('owner')
        for (const place of [40, 60, cookie.length - 8]) {
          const other = cookie[place] === 'A' ? 'B' : 'A'
          expect(
            await team.sessionStatus(`${cookie.slice(0, place)}${other}${cookie.slice(place + 1)}`),
          ).toBe(401)
        }
      })

      it('cross-site request forgery: a page of another origin changes nothing with the cookie', async () => {
        const cookie = team.cookieOf('owner')
        const body = { email: 'eve@evil.example', role: 'owner' }
        for (const path of ['/api/team/invitations', '/api/auth/sign-out', '/api/auth/update-user']) {
          expect((await team.post(path, body, { cookie, origin: 'https://evil.example' })).status, path).toBe(
            403,
          )
          const form = await team.request(path, {
            method: 'POST',
            headers: {
              cookie,
              'content-type': 'text/plain',
              'sec-fetch-site': 'cross-site',
              origin: team.origin,
            },
            body: JSON.stringify(body),
          })
          expect(form.status, path).toBe(403)
        }
        expect((await teamNow()).invitations).toEqual([])
        expect(await team.sessionStatus(cookie)).toBe(200)
      })

      it('another origin signs nobody in, not even with the right password', async () => {
        const evil = { origin: 'https://evil.example' }
        const refused = await team.post(
          '/api/auth/sign-in/email',
          { email: owner(), password: PASSWORD },
          evil,
        )
        expect(refused.status).toBe(403)
        expect(refused.headers.getSetCookie()).toEqual([])
      })

      it('brute force: after ten wrong passwords not even the right one is looked at, for a time', async () => {
        for (let count = 0; count < 10; count += 1)
          expect((await team.signIn(owner(), `wrong password ${count}`)).status).toBe(401)
        const locked = await team.signIn(owner(), PASSWORD)
        expect(locked.status).toBe(429)
        expect(locked.headers.get('retry-after')).toBe('90')
        expect(await locked.json()).toMatchObject({
          code: 'too-many-requests',
          problems: [{ retryAfter: 90 }],
          message:
            'Too many wrong passwords were tried for this account or from this address; send again in 90 s',
        })
        expect((await actions()).slice(0, 2)).toEqual(['session.locked', 'session.refused'])
        team.clock.set(team.clock.now() + 90_000)
        expect((await team.signIn(owner(), PASSWORD)).status).toBe(200)
      })

      it('of a hundred wrong passwords at once no more are tried than of ten in a row', async () => {
        const answers = await Promise.all(
          Array.from({ length: 100 }, (_, count) => team.signIn(owner(), `wrong password ${count}`)),
        )
        const count = (wanted: number) => answers.filter(({ status }) => status === wanted).length
        expect([count(401), count(429)]).toEqual([10, 90])
      })

      it('an address that tries ten accounts is locked out, and others are not', async () => {
        const address = '203.0.113.7'
        for (let count = 0; count < 10; count += 1)
          expect((await team.signIn(`person${count}@shop.example`, 'guessed', { address })).status).toBe(401)
        expect((await team.signIn(owner(), PASSWORD, { address })).status).toBe(429)
        expect((await team.signIn(owner(), PASSWORD, { address: '203.0.113.8' })).status).toBe(200)
      })

      it('the right password counts as no try', async () => {
        for (let count = 0; count < 15; count += 1)
          expect((await team.signIn(owner(), PASSWORD)).status).toBe(200)
      })

      it('an unknown address is answered as a wrong password is', async () => {
        const answers = await Promise.all([
          team.signIn(owner(), 'a wrong password'),
          team.signIn('nobody@shop.example', 'a wrong password'),
        ])
        const told = await Promise.all(
          answers.map(async (answer) => ({
            ...((await answer.json()) as Record<string, unknown>),
            requestId: '',
          })),
        )
        expect(told[0]).toEqual(told[1])
        expect((await team.audit()).slice(0, 2).map(({ details }) => details['known'])).toEqual(
          expect.arrayContaining([true, false]),
        )
      })

      it('another password ends all other sessions, and gives this one a new id', async () => {
        const elsewhere = cookieIn(await team.signIn(owner(), PASSWORD))
        const here = team.cookieOf('owner')
        const change = { currentPassword: PASSWORD, newPassword: OTHER }
        const wrong = await team.post(
          '/api/auth/change-password',
          { ...change, currentPassword: OTHER },
          { cookie: here },
        )
        expect(wrong.status).toBe(403)
        expect(await team.sessionStatus(elsewhere)).toBe(200)
        const renewed = await team.post('/api/auth/change-password', change, { cookie: here })
        expect(renewed.status).toBe(200)
        for (const cookie of [here, elsewhere]) expect(await team.sessionStatus(cookie)).toBe(401)
        expect(await team.sessionStatus(cookieIn(renewed))).toBe(200)
        expect((await team.signIn(owner(), PASSWORD)).status).toBe(401)
        expect((await team.signIn(owner(), OTHER)).status).toBe(200)
        expect(await actions()).toContain('password.changed')
      })

      it('signing out ends the session on the server, not only in the browser', async () => {
        const cookie = team.cookieOf('owner')
        const out = await team.post('/api/auth/sign-out', {}, { cookie })
        expect(out.headers.getSetCookie().join()).toContain('Max-Age=0')
        expect(await team.sessionStatus(cookie)).toBe(401)
        expect(await actions()).toContain('session.ended')
      })

      it('a session ends by itself', async () => {
        await team.store.write(async (tx) => {
          await tx.update(tx.tables.sessions).set({ expiresAt: new Date(Date.now() - 1_000) })
        })
        expect(await team.sessionStatus(team.cookieOf('owner'))).toBe(401)
      })

      it('people change their own name, and nothing else of themselves', async () => {
        const cookie = team.cookieOf('owner')
        expect((await team.post('/api/auth/update-user', { name: 'Olga O.' }, { cookie })).status).toBe(200)
        const session = await team.json(team.request('/api/session', { headers: { cookie } }))
        expect(session).toMatchObject({ user: { name: 'Olga O.' } })
        for (const more of [{ email: 'other@shop.example' }, { role: 'owner' }, { emailVerified: true }])
          expect(
            (await team.post('/api/auth/update-user', { name: 'Olga', ...more }, { cookie })).status,
          ).toBe(400)
      })

      it('an invitation works once, brings its role, and is named in the audit', async () => {
        const { token, status } = await invite('marketer')
        expect(status).toBe(200)
        expect(await team.json(team.request(`/api/access/invitations/${token}`))).toEqual({
          email: 'marketer@shop.example',
          role: 'marketer',
          shop: 'Shop',
        })
        const accepted = await accept(token)
        const session = await team.json(
          team.request('/api/session', { headers: { cookie: cookieIn(accepted) } }),
        )
        expect(session).toMatchObject({ role: 'marketer', user: { email: 'marketer@shop.example' } })
        expect((await accept(token, 'Eve')).status).toBe(404)
        expect((await team.request(`/api/access/invitations/${token}`)).status).toBe(404)
        const [, joined, made] = await team.audit()
        const subject = hashAddress(SECRET, team.workspaceId, 'marketer@shop.example')
        expect(made).toMatchObject({ action: 'invitation.made', actorName: 'The owner', subject })
        expect(joined).toMatchObject({ action: 'invitation.accepted', actorName: 'Mara', subject })
      })

      it('of two who accept an invitation at once, one comes in', async () => {
        const { token } = await invite('marketer')
        const both = await Promise.all([accept(token, 'Mara'), accept(token, 'Eve')])
        expect(statusesOf(both)).toEqual([200, 404])
      })

      it('an expired invitation opens nothing, and is shown as expired', async () => {
        const { token } = await invite('marketer')
        team.clock.set(team.clock.now() + 7 * DAY)
        expect((await team.request(`/api/access/invitations/${token}`)).status).toBe(404)
        expect((await accept(token)).status).toBe(404)
        expect((await teamNow()).invitations).toMatchObject([{ expired: true }])
      })

      it('an invitation that was taken back, or renewed, opens nothing', async () => {
        const first = await invite('marketer')
        const second = await invite('marketer')
        expect((await accept(first.token)).status).toBe(404)
        await team.post(`/api/team/invitations/${second.id}`, undefined, {
          method: 'DELETE',
          cookie: team.cookieOf('owner'),
        })
        expect((await accept(second.token)).status).toBe(404)
        expect((await teamNow()).invitations).toEqual([])
      })

      it('nobody is invited twice', async () => {
        await team.join('marketer')
        expect((await invite('marketer')).status).toBe(409)
        expect((await invite('owner', team.emailOf('owner').toUpperCase())).status).toBe(409)
      })

      it('another role counts from the next request on', async () => {
        await team.join('analyst')
        const cookie = team.cookieOf('analyst')
        const teamStatus = async () => (await team.request('/api/team', { headers: { cookie } })).status
        expect(await teamStatus()).toBe(403)
        const changed = await team.post(
          `/api/team/members/${await idOf('analyst')}`,
          { role: 'owner' },
          { method: 'PUT', cookie: team.cookieOf('owner') },
        )
        expect(changed.status).toBe(200)
        expect(await teamStatus()).toBe(200)
        const [entry] = await team.audit()
        expect(entry).toMatchObject({
          action: 'member.role-changed',
          details: { from: 'analyst', to: 'owner' },
        })
      })

      it('who is removed is out at once, and may be invited again', async () => {
        await team.join('analyst')
        const gone = await team.post(`/api/team/members/${await idOf('analyst')}`, undefined, {
          method: 'DELETE',
          cookie: team.cookieOf('owner'),
        })
        expect(gone.status).toBe(200)
        expect(await team.sessionStatus(team.cookieOf('analyst'))).toBe(401)
        expect((await team.signIn(team.emailOf('analyst'), PASSWORD)).status).toBe(401)
        expect(await everything()).not.toContain('The analyst')
        expect((await accept((await invite('analyst')).token)).status).toBe(200)
      })

      it('the last owner cannot go or step down, also of two who do so at once', async () => {
        const cookie = team.cookieOf('owner')
        const put = (id: string, by: string) =>
          team.post(`/api/team/members/${id}`, { role: 'analyst' }, { method: 'PUT', cookie: by })
        const own = await idOf('owner')
        expect((await put(own, cookie)).status).toBe(409)
        const gone = await team.post(`/api/team/members/${own}`, undefined, { method: 'DELETE', cookie })
        expect(gone.status).toBe(409)
        await team.join('marketer')
        const other = await idOf('marketer')
        await team.post(`/api/team/members/${other}`, { role: 'owner' }, { method: 'PUT', cookie })
        const both = await Promise.all([put(own, cookie), put(other, team.cookieOf('marketer'))])
        expect(both.filter(({ status }) => status === 200)).toHaveLength(1)
        expect(both.filter(({ status }) => status !== 200).every(({ status }) => status >= 403)).toBe(true)
      })

      it('a link for another password works once, for a day, and ends all sessions', async () => {
        const made = await team.json(
          team.post('/api/team/links', { email: owner() }, { cookie: team.cookieOf('owner') }),
        )
        const token = String(made['link']).split('/').at(-1) ?? ''
        const reset = (password: string) => team.post(`/api/access/resets/${token}`, { password })
        expect(await team.json(team.request(`/api/access/resets/${token}`))).toEqual({ email: owner() })
        // Whoever has forgotten it has tried it often.
        for (let count = 0; count < 10; count += 1) await team.signIn(owner(), `wrong password ${count}`)
        const done = await reset(OTHER)
        expect(done.status).toBe(200)
        expect(await team.sessionStatus(team.cookieOf('owner'))).toBe(401)
        expect(await team.sessionStatus(cookieIn(done))).toBe(200)
        expect((await reset('yet another passphrase')).status).toBe(404)
        expect(await actions()).toEqual(expect.arrayContaining(['password.link-made', 'password.reset']))
      })

      it('a link for another password expires', async () => {
        const made = await team.json(
          team.post('/api/team/links', { email: owner() }, { cookie: team.cookieOf('owner') }),
        )
        const token = String(made['link']).split('/').at(-1) ?? ''
        team.clock.set(team.clock.now() + DAY)
        expect((await team.request(`/api/access/resets/${token}`)).status).toBe(404)
        expect((await team.post(`/api/access/resets/${token}`, { password: OTHER })).status).toBe(404)
      })

      it('once there is an owner, nobody gets a set-up link', async () => {
        const refused = await team.post('/api/team/links', {}, { cookie: team.cookieOf('owner') })
        expect(refused.status).toBe(409)
      })

      it('a key is shown once, works, and after its end does not', async () => {
        const cookie = team.cookieOf('owner')
        const listed = async () =>
          (await team.json(team.request('/api/keys', { headers: { cookie } })))['keys'] as unknown as {
            id: string
            prefix: string
          }[]
        expect(await listed()).toHaveLength(2)
        const made = await team.json(team.post('/api/keys', { kind: 'secret' }, { cookie }))
        const key = String(made['key'])
        expect(key.startsWith(String(made['prefix']))).toBe(true)
        const customers = async () =>
          (await team.request('/api/customers', { headers: { authorization: `Bearer ${key}` } })).status
        expect(await customers()).toBe(200)
        expect(JSON.stringify(await listed())).not.toContain(key)
        expect(await everything()).not.toContain(key)
        const gone = await team.post(`/api/keys/${String(made['id'])}`, undefined, {
          method: 'DELETE',
          cookie,
        })
        expect(gone.status).toBe(200)
        // At once, although it was remembered.
        expect(await customers()).toBe(401)
        expect(await listed()).toHaveLength(2)
        expect((await actions()).slice(0, 2)).toEqual(['key.revoked', 'key.made'])
      })
    })

    it('an invitation is mailed where mails go out, in the shop’s language, with nothing of the name as HTML', async () => {
      const catcher = await startMailCatcher()
      const mailed = await createTestTeam(await createDatabase(), { smtpUrl: catcher.url })
      try {
        await mailed.join('owner')
        const cookie = mailed.cookieOf('owner')
        await mailed.post(
          '/api/settings',
          { locale: 'es', shop: { name: '<b>Café\r\nBcc: eve@evil.example</b>' } },
          { method: 'PATCH', cookie },
        )
        const made = await mailed.json(
          mailed.post('/api/team/invitations', { email: 'mara@shop.example', role: 'marketer' }, { cookie }),
        )
        expect(made).toMatchObject({ mail: { state: 'sent' } })
        const [source = '', ...more] = catcher.sources
        expect(more).toEqual([])
        expect(source).toContain('To: mara@shop.example')
        expect(source).toContain('Aceptar la invitaci')
        expect(source).not.toMatch(/^Bcc:/m)
        expect(source.slice(source.indexOf('text/html'))).not.toContain('<b>')
        expect(source.replaceAll('=\r\n', '')).toContain(String(made['link']))
      } finally {
        await mailed.stop()
        await catcher.stop()
      }
    })
  })
}
