import { SettingsSchema } from '@ciclo/engine'
import { describe, expect, it } from 'vitest'
import { createTemplateCache } from '../../src/mail/templateCache.ts'
import { SECRET_KEY } from '../support/createTestCiclo.ts'
import { BODY, strings, useTemplates } from './ownTemplates.ts'

/** Templates that a shop writes itself, from their draft to the mail. */
export function templateApiContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`Templates of a workspace on ${database}`, () => {
    const { world, audit, submit, subscribe, send, put, get, listed } = useTemplates(createDatabase)

    it('are drafted, published, changed and given back to the shipped one, and each is written down; nobody writes over what they have not seen', async () => {
      expect(await listed('welcome')).toMatchObject({
        uses: 'shipped',
        version: null,
        draft: null,
        isShipped: true,
      })
      expect(await listed('order-confirmation')).toMatchObject({ purpose: 'transactional' })
      expect(await get('/welcome')).toMatchObject({ of: 'shipped', version: null, versions: [] })
      expect(await put('welcome')).toMatchObject({ version: 1, problems: [] })
      expect(await listed('welcome')).toMatchObject({ uses: 'shipped', draft: 1 })
      expect(await send('POST', '/welcome/publish')).toMatchObject({ version: 1 })
      expect(await listed('welcome')).toMatchObject({ uses: 'own', version: 1, draft: null })
      expect(await send('POST', '/welcome/publish')).toMatchObject({ code: 'conflict' })

      expect(await put('welcome', { ...BODY, strings: strings('Other news') })).toMatchObject({ version: 2 })
      expect(await get('/welcome')).toMatchObject({ of: 'draft', version: 2 })
      await send('POST', '/welcome/publish')
      expect(await send('POST', '/welcome/versions/1/restore')).toMatchObject({ version: 3 })
      expect(await get('/welcome')).toMatchObject({ of: 'draft', source: { strings: strings() } })
      expect(await send('DELETE', '/welcome/draft')).toEqual({ name: 'welcome' })
      expect(await get('/welcome')).toMatchObject({ of: 'published', version: 2 })

      expect(await put('welcome')).toMatchObject({ version: 3 })
      expect(await send('POST', '/welcome/use-shipped')).toEqual({ name: 'welcome', version: 3 })
      expect(await listed('welcome')).toMatchObject({ uses: 'shipped', version: null, draft: 4 })
      expect(await send('POST', '/welcome/use-shipped')).toMatchObject({ code: 'conflict' })
      expect(await send('POST', '/not-shipped/use-shipped')).toMatchObject({ code: 'bad-request' })
      expect((await audit()).map(({ action }) => action)).toEqual([
        'template.shipped.used',
        'template.draft.saved',
        'template.draft.deleted',
        'template.restored',
        'template.published',
        'template.draft.saved',
        'template.published',
        'template.draft.saved',
      ])

      const { hash } = (await put('spring-sale')) as { hash: string }
      expect(await put('spring-sale', BODY, 'another')).toMatchObject({ code: 'conflict' })
      expect(await put('spring-sale', { ...BODY, strings: strings('Two') }, hash)).toMatchObject({
        version: 1,
      })
      expect(await send('POST', '/spring-sale/publish', {}, { 'if-match': `"${hash}"` })).toMatchObject({
        code: 'conflict',
      })
      expect(await send('DELETE', '/spring-sale/draft', {}, { 'if-match': `"${hash}"` })).toMatchObject({
        code: 'conflict',
      })
    })

    it('are what the next mail is made of, in this process at once, in others a second later', async () => {
      const { store, workspaceId } = world.test
      let elapsed = 0
      const other = createTemplateCache({ store, elapsed: () => elapsed })
      const data = {
        customer: { email: 'a@x.example' },
        shop: { name: 'Luna', url: 'https://shop.example' },
        urls: { unsubscribe: 'https://mail.example/u/1' },
        purpose: 'marketing' as const,
      }
      const settings = SettingsSchema.parse({})
      const there = async () =>
        (await other.render(workspaceId, 'welcome', { locale: 'en', settings, data, link: (url) => url }))
          .subject
      const here = async () => {
        await submit(subscribe(`n${world.mails.length}@x.example`, `u${world.mails.length}`))
        await world.test.ciclo.settle()
        return world.mails.at(-1)?.subject
      }
      const live = async () => {
        const { source } = (await get('/welcome/live')) as {
          source: { strings: { en: { subject: string } } }
        }
        return source.strings.en.subject
      }
      for (const subject of [await here(), await there(), await live()]) expect(subject).toMatch(/^(?!Mine)./)
      await put('welcome', { ...BODY, afterCrash: 'hold', strings: strings('Mine') })
      expect(await here()).not.toBe('Mine')
      expect(await live()).not.toBe('Mine')
      await send('POST', '/welcome/publish')
      expect(await here()).toBe('Mine')
      expect(await live()).toBe('Mine')
      expect(await there()).not.toBe('Mine')
      elapsed += 1_000
      expect(await there()).toBe('Mine')
      expect(await other.afterCrash(workspaceId, 'welcome')).toBe('hold')
      expect(await other.afterCrash('another', 'welcome')).toBe('resend')
      await send('POST', '/welcome/use-shipped')
      expect(await here()).not.toBe('Mine')
      expect(await live()).not.toBe('Mine')
      elapsed += 1_000
      expect(await other.afterCrash(workspaceId, 'welcome')).toBe('resend')
      await other.stop()
    })

    it('begin with a frame that has nothing wrong with it, in each language', async () => {
      const { source } = (await get('/spring-sale/blank')) as { source: { name: string } }
      const { name, ...blank } = source
      expect(name).toBe('spring-sale')
      expect(blank).toMatchObject({ strings: { en: {}, es: {}, pl: {}, ro: {} } })
      expect(await put('spring-sale', blank)).toMatchObject({ version: 1, problems: [] })
      expect(await send('POST', '/spring-sale/publish')).toMatchObject({ version: 1 })
    })

    it('are shown as a page that may do nothing, whatever is in it', async () => {
      const shown = async (form: Record<string, string>) =>
        await world.test.ciclo.app.request('/api/templates/shown', {
          method: 'POST',
          headers: { authorization: `Bearer ${SECRET_KEY}` },
          body: new URLSearchParams(form),
        })
      const response = await shown({ html: '<p>Hi</p><script>alert(1)</script>', scheme: 'dark' })
      const policy = response.headers.get('content-security-policy') ?? ''
      expect(policy.split('; ')).toEqual(
        expect.arrayContaining(["default-src 'none'", "form-action 'none'", 'sandbox']),
      )
      expect(policy).not.toContain('script-src')
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(await response.text()).toContain('<p>Hi</p>')
      expect((await shown({ html: 'x', scheme: 'pink' })).status).toBe(400)
    })
  })
}
