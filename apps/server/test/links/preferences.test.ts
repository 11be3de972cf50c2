import { describe, expect, it } from 'vitest'
import { useSqlite } from '../support/useSqlite.ts'
import { useLinks } from './useLinks.ts'

const { world, set, mail, request, post, refused, permission, consents, pass } = useLinks(useSqlite())

describe('the page of preferences', () => {
  const ticked = (page: string) =>
    [...page.matchAll(/name="topic" value="([^"]+)"\s*(checked)?/g)].map(
      ([, id, on]) => `${id}${on ? ' on' : ''}`,
    )
  const shown = async (path: string) => ticked(await (await request(path)).text())

  it('shows how each topic stands, saves what is ticked, and shows what was saved', async () => {
    const link = (await mail('m1'))('preferences')
    expect(await shown(link)).toEqual(['news on', 'sale on', 'tips on'])
    const saved = await (await post(link, { topic: ['news', 'tips'] })).text()
    expect(saved).toContain('role="status"')
    expect(ticked(saved)).toEqual(['news on', 'sale', 'tips on'])
    expect(await shown(link)).toEqual(['news on', 'sale', 'tips on'])
    expect([await permission(), await refused()]).toEqual(['subscribed', ['sale']])
    pass(1_000)
    await post(link, { topic: ['sale', 'tips'] })
    expect(await refused()).toEqual(['news'])
    expect((await consents()).slice(1).toSorted()).toEqual([
      'granted sale preferences',
      'refused news preferences',
      'refused sale preferences',
    ])
  })

  it('records nothing where nothing has changed', async () => {
    const link = (await mail('m1'))('preferences')
    const before = await consents()
    await post(link, { topic: ['news', 'sale', 'tips'] })
    expect(await consents()).toEqual(before)
  })

  it('unsubscribes from everything by its button, and where nothing is ticked', async () => {
    const link = (await mail('m1'))('preferences')
    await post(link, { topic: ['news'], nothing: '1' })
    expect(await permission()).toBe('unsubscribed')
    expect(await shown(link)).toEqual(['news', 'sale', 'tips'])
    pass(1_000)
    await post(link, { topic: 'sale' })
    expect([await permission(), await refused()]).toEqual(['subscribed', ['news', 'tips']])
    pass(1_000)
    await post(link)
    expect(await permission()).toBe('unsubscribed')
  })

  it('takes no topic that the shop does not have', async () => {
    const link = (await mail('m1'))('preferences')
    await post(link, { topic: ['news', 'sale', 'tips', 'evil'] })
    expect([await permission(), await refused()]).toEqual(['subscribed', []])
  })

  it('is one choice where the shop has no topics', async () => {
    await set({ topics: [] })
    const link = (await mail('m1'))('preferences')
    expect(await shown(link)).toEqual(['* on'])
    await post(link)
    expect(await permission()).toBe('unsubscribed')
    pass(1_000)
    await post(link, { topic: '*' })
    expect(await permission()).toBe('subscribed')
    expect((await world.test.below(world.ann, 'consents'))[0]).toMatchObject({
      status: 'granted',
      topic: null,
      text: 'I would like to hear about: News and offers by e-mail',
    })
  })

  it('lets nobody agree for an address that is another by now, or after a complaint: only leave', async () => {
    const link = (await mail('m1', { address: 'before@example.com' }))('preferences')
    expect(await shown(link)).toEqual([])
    await post(link, { topic: ['news'] })
    expect(await permission()).toBe('unsubscribed')
    await post(link, { topic: ['news', 'sale', 'tips'] })
    expect(await permission()).toBe('unsubscribed')
  })
})
