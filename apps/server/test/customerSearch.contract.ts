import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CustomerFilter } from '../src/store/queries/customerFilter.ts'
import { ANY_REACH, countFound, searchCustomers, type ListSort } from '../src/store/queries/customerSearch.ts'
import { useCiclo, type Json } from './support/useCiclo.ts'

const DAY = 86_400_000

interface Row {
  id: string
  name: string | null
  email: string | null
  userId: string | null
  claims: Json
  stageSince: string
  lifecycle: Record<string, string>
  orders: Json
}

/** The list of customers, whatever the database. */
export function customerSearchContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`The list of customers on ${database}`, () => {
    const { world, item, submit, order, erase, everything, browser, found, post } = useCiclo(createDatabase)

    const person = (userId: string, traits: Json) =>
      item('secret', { type: 'identify', userId, traits: { ...traits } })
    const ask = async (query: string) => {
      const answer = (await world.test.request(`/api/customers/search?${query}`)) as {
        customers: Row[]
        next: string | null
      }
      const counted = await world.test.request(`/api/customers/search/count?${query}`)
      return { ...answer, count: counted }
    }
    const namesFor = async (query: string) => (await ask(query)).customers.map(({ userId }) => userId)
    const typed = async (text: string) =>
      (await namesFor(`text=${encodeURIComponent(text)}`)).toSorted((one, other) =>
        String(one) < String(other) ? -1 : 1,
      )

    it('finds by the beginning of an address, a userId and a name, without case and accents', async () => {
      await submit(
        person('U-100', { email: 'Jozef.Kowal@Example.com', firstName: 'Józef', lastName: 'Kowalski' }),
        person('u-200', { email: 'ana@example.com', firstName: 'ANA MARÍA', lastName: 'Núñez' }),
        person('u-300', { firstName: 'Łukasz', lastName: 'Żółć-Nowak' }),
        person('u-400', { name: 'Ștefan Ångström' }),
        person('u-500', { first_name: 'İpek', last_name: 'O’Connor' }),
        person('u-600', { firstName: '100%', lastName: '_under' }),
        person('u-700', { firstName: 'Юлия', lastName: '田中' }),
      )
      const table: Record<string, string[]> = {
        jozef: ['U-100'],
        JÓZEF: ['U-100'],
        'jozef kow': ['U-100'],
        'kow jozef': ['U-100'],
        'jozef.kowal@example.com': ['U-100'],
        'u-1': ['U-100'],
        ozef: [],
        'jozef nowak': [],
        'maria nun': ['u-200'],
        ñúñ: ['u-200'],
        nunez: ['u-200'],
        'ana@': ['u-200'],
        lukasz: ['u-300'],
        zolc: ['u-300'],
        'zolc-n': ['u-300'],
        nowak: ['u-300'],
        stefan: ['u-400'],
        angstrom: ['u-400'],
        ipek: ['u-500'],
        "o'c": ['u-500'],
        '%': [],
        '100%': ['u-600'],
        _: ['u-600'],
        юл: ['u-700'],
        田: ['u-700'],
        '  ': ['U-100', 'u-200', 'u-300', 'u-400', 'u-500', 'u-600', 'u-700'],
      }
      const answers: Record<string, unknown> = {}
      for (const text of Object.keys(table)) answers[text] = await typed(text)
      expect(answers).toEqual(table)
    })

    it('finds by new names and no longer by old ones', async () => {
      await submit(person('u1', { email: 'old@example.com', firstName: 'Old' }))
      await submit(person('u1', { email: 'new@example.com', firstName: 'New' }))
      expect([await typed('old'), await typed('new')]).toEqual([[], ['u1']])
    })

    it('finds a browser by what it claims, and once it is proven whom it was', async () => {
      await submit(browser('a1', 'claimed@example.com'))
      const [claimed] = (await ask('text=claimed')).customers
      expect(claimed).toMatchObject({ email: null, claims: { email: 'claimed@example.com' } })
      await submit(person('u1', { email: 'claimed@example.com', firstName: 'Proven' }))
      await submit(item('secret', { type: 'identify', userId: 'u1', anonymousId: 'a1' }))
      const { customers, count } = await ask('text=claimed')
      expect(customers.map(({ userId }) => userId)).toEqual(['u1'])
      expect(count).toEqual({ customers: 1, isMore: false })
      expect(await ask('')).toMatchObject({ count: { customers: 1 } })
    })

    it('forgets who is erased, also where others claimed the address', async () => {
      await submit(
        person('u1', { email: 'gone@example.com', firstName: 'Gone' }),
        person('u2', { email: 'stays@example.com', firstName: 'Stays', nickname: 'gone@example.com' }),
        item('secret', { type: 'identify', userId: 'u3', anonymousId: 'b3', traits: { firstName: 'Third' } }),
      )
      await submit(browser('b1', 'gone@example.com'), browser('b3', 'gone@example.com'))
      expect(await typed('gone')).toHaveLength(3)
      await erase({ email: 'gone@example.com' })
      expect(await typed('third')).toEqual(['u3'])
      expect(await typed('gone')).toEqual([])
      const { listings = [], listingWords = [] } = await everything()
      const hex = Buffer.from('gone').toString('hex')
      expect(listingWords.filter(({ word }) => String(word).startsWith(hex))).toEqual([])
      expect(listings.length).toBe((await everything())['customers']?.length)
    })

    describe('filters', () => {
      const shop = async () => {
        await submit(
          person('visitor', { country: 'ES', locale: 'es' }),
          person('prospect', { email: 'p@example.com', address: { country: 'PL' } }),
          item('secret', {
            type: 'track',
            name: 'Subscribed',
            userId: 'prospect',
            properties: { email: 'p@example.com' },
          }),
          order('o1', { userId: 'once', email: 'once@example.com' }, -3),
          order('o2', { userId: 'twice', email: 'twice@example.com' }, -10),
          order('o3', { userId: 'twice' }, -2),
          order('o4', { userId: 'late', email: 'late@example.com' }, -120),
        )
        await world.test.ciclo.settle()
      }

      it('by the states of each region, several of one and one of several', async () => {
        await shop()
        const sorted = async (query: string) =>
          (await namesFor(query)).map(String).toSorted((one, other) => (one < other ? -1 : 1))
        expect(await sorted('stage=new')).toEqual(['once'])
        expect(await sorted('stage=new,active')).toEqual(['once', 'twice'])
        expect(await sorted('stage=atRisk,lapsed,lost')).toEqual(['late'])
        expect(await sorted('permission=subscribed')).toEqual(['prospect'])
        expect(await sorted('permission=subscribed&stage=new')).toEqual([])
        expect(await sorted('value=vip')).toEqual([])
        expect(await sorted('value=standard,vip')).toHaveLength(5)
        expect(await sorted('stage=active&text=twi')).toEqual(['twice'])
        expect(await sorted('stage=new&text=twi')).toEqual([])
        expect((await ask('stage=new,active&permission=none')).count).toEqual({ customers: 2, isMore: false })
      })

      it('by the country and the language', async () => {
        await shop()
        const rows = (await everything())['listings'] ?? []
        const countries = rows.map(({ country }) => country).filter((code) => code !== '')
        for (const country of new Set(countries.map(String)))
          expect(await namesFor(`country=${country}`)).toHaveLength(
            countries.filter((code) => code === country).length,
          )
        expect(countries.length).toBeGreaterThan(0)
        expect(await namesFor('locale=es')).toEqual(['visitor'])
      })

      it('by a saved segment', async () => {
        await shop()
        const saved = await post('/api/segments', {
          name: 'New ones',
          rule: { kind: 'lifecycle', region: 'stage', states: ['new'] },
        })
        await world.test.ciclo.runJobs()
        expect(await namesFor(`segment=${String(saved['id'])}`)).toEqual(['once'])
        expect((await ask(`segment=${String(saved['id'])}&text=o`)).count).toMatchObject({ customers: 1 })
        expect(await world.test.request('/api/customers/search?segment=none')).toMatchObject({ status: 404 })
      })

      it('and says what is wrong with them', async () => {
        for (const query of [
          'stage=nowhere',
          'sort=name',
          'limit=0',
          'cursor=%00',
          'country=Spain',
          'text=%00',
        ])
          expect(await world.test.request(`/api/customers/search?${query}`), query).toMatchObject({
            status: 400,
          })
      })
    })

    it('sorts by the newest change, the last order, revenue and age', async () => {
      const { clock } = world.test
      await submit(order('o1', { userId: 'a' }, -5))
      clock.set(clock.now() + DAY)
      await submit(order('o2', { userId: 'b' }, -2), order('o3', { userId: 'b' }, -50))
      clock.set(clock.now() + DAY)
      await submit(person('c', { firstName: 'Cy' }))
      clock.set(clock.now() + DAY)
      await submit(person('a', { firstName: 'Ann' }))
      // Somebody looks around: nothing of the list has changed.
      clock.set(clock.now() + DAY)
      await submit(item('secret', { type: 'page', userId: 'b' }))
      const orders: Record<string, unknown> = {}
      for (const sort of ['changed', 'created', 'lastOrder', 'revenue'])
        orders[sort] = await namesFor(`sort=${sort}`)
      expect(orders).toMatchObject({
        created: ['c', 'b', 'a'],
        lastOrder: ['b', 'a', 'c'],
        revenue: ['b', 'a', 'c'],
      })
      expect((orders['changed'] as string[]).indexOf('a')).toBeLessThan(
        (orders['changed'] as string[]).indexOf('c'),
      )
    })

    it('shows who it is, since when in the stage, and what was bought', async () => {
      await submit(
        person('u1', { email: 'ann@example.com', firstName: 'Ann', lastName: 'Lee' }),
        order('o1', { userId: 'u1' }, -2),
      )
      const { id } = await found('userId=u1')
      const [row] = (await ask('text=ann')).customers
      expect(row).toMatchObject({
        id,
        name: 'Ann Lee',
        email: 'ann@example.com',
        lifecycle: { stage: 'new' },
        orders: { count: 1, revenue: { EUR: 1000 } },
        stageSince: new Date(world.test.clock.now() - 2 * DAY).toISOString(),
      })
    })

    it('pages through everybody who stays, each once, while others come, move and go', async () => {
      const many = Array.from({ length: 24 }, (_, place) => person(`u${place}`, { firstName: `Kim${place}` }))
      for (const one of many) {
        world.test.clock.set(world.test.clock.now() + 1_000)
        await submit(one)
      }
      let run = 0
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom('created', 'changed', 'lastOrder', 'revenue'),
          fc.integer({ min: 1, max: 7 }),
          fc.constantFrom('', '&text=kim', '&stage=visitor,prospect,new,active'),
          fc.array(fc.nat(11), { maxLength: 6 }),
          async (sort, limit, filter, touched) => {
            run += 1
            const seen: string[] = []
            let cursor: string | null = ''
            let page = 0
            while (cursor !== null) {
              const more: string = cursor === '' ? '' : `&cursor=${cursor}`
              const answer = (await world.test.request(
                `/api/customers/search?sort=${sort}&limit=${limit}${filter}${more}`,
              )) as { customers: Row[]; next: string | null }
              seen.push(...answer.customers.map(({ userId }) => String(userId)))
              cursor = answer.next
              // The first twelve move about; the others stay where they are.
              const place = touched[page]
              page += 1
              if (place === undefined) continue
              world.test.clock.set(world.test.clock.now() + 1_000)
              await submit(order(`o-${run}-${page}`, { userId: `u${place}` }))
            }
            const staying = seen.filter((userId) => Number(userId.slice(1)) >= 12)
            expect(staying.length).toBe(12)
            expect(new Set(seen).size).toBe(seen.length)
          },
        ),
        { numRuns: 12, seed: 20_261_122 },
      )
    }, 60_000)

    it('finds the same whether it looks customers up or follows the list, near or far', async () => {
      await submit(
        ...Array.from({ length: 40 }, (_, place) =>
          person(`u${place}`, {
            firstName: place % 2 === 0 ? 'Kim' : 'Lou',
            ...(place % 3 === 0 ? { email: `k${place}@example.com` } : {}),
          }),
        ),
        ...Array.from({ length: 15 }, (_, place) => order(`o${place}`, { userId: `u${place}` }, -place * 20)),
      )
      const { store, workspaceId } = world.test
      const filters: CustomerFilter[] = [
        {},
        { text: 'kim' },
        { text: 'k' },
        { text: 'kim k' },
        { stage: ['new', 'lost'] },
        { stage: ['atRisk'], text: 'lou' },
        { value: ['vip'], text: 'lou' },
        { permission: ['none'], country: 'ES' },
        { engagement: ['unknown', 'warm'] },
      ]
      const sorts: ListSort[] = ['changed', 'lastOrder', 'revenue', 'created']
      for (const filter of filters)
        for (const sort of sorts) {
          const query = { workspaceId, filter, sort, limit: 100 }
          const answers = await store.read(async (tx) => ({
            lookedUp: await searchCustomers(tx, query, ANY_REACH),
            followed: await searchCustomers(tx, query, { steps: Infinity, lookUps: 0 }),
            near: await searchCustomers(tx, query, { steps: 1_000, lookUps: 0 }),
            counts: [
              await countFound(tx, workspaceId, filter, ANY_REACH),
              await countFound(tx, workspaceId, filter, { steps: Infinity, lookUps: 0 }),
              await countFound(tx, workspaceId, filter, { steps: 1_000, lookUps: 0 }),
            ],
          }))
          expect(answers.followed).toEqual(answers.lookedUp)
          // Who is in several sources is not looked for by following the list a little.
          const isNear = filter.text !== 'kim k'
          expect(answers.near).toEqual(isNear ? answers.lookedUp : undefined)
          const { length } = answers.lookedUp ?? []
          expect(answers.counts).toEqual([length, length, isNear ? length : undefined])
        }
      const tooFar = await store.read((tx) =>
        searchCustomers(
          tx,
          { workspaceId, filter: { country: 'XX' }, sort: 'created', limit: 5 },
          { steps: 3, lookUps: 0 },
        ),
      )
      expect(tooFar).toBeUndefined()
      expect(
        await store.read((tx) => countFound(tx, workspaceId, { country: 'XX' }, { steps: 3, lookUps: 0 })),
      ).toBeUndefined()
    })

    it('lists everybody of a database that has no list yet', async () => {
      await submit(person('u1', { firstName: 'Ann' }), person('u2', { firstName: 'Bob' }))
      await world.test.store.write(async (tx) => {
        for (const table of [tx.tables.listings, tx.tables.listingWords]) await tx.delete(table)
      })
      expect(await namesFor('')).toEqual([])
      await world.test.ciclo.runJobs()
      expect(new Set(await namesFor(''))).toEqual(new Set(['u1', 'u2']))
      expect(await typed('ann')).toEqual(['u1'])
    })

    it('exports who is looked for as CSV, and says so in the audit without the words that were typed', async () => {
      await submit(person('u1', { firstName: '=Ann' }), person('u2', { firstName: 'Bob' }))
      const response = await world.test.ciclo.app.request('/api/customers/search/csv?text=u1', {
        headers: { authorization: 'Bearer secret-key-of-the-tests' },
      })
      const lines = (await response.text()).trimEnd().split('\r\n')
      expect(lines).toHaveLength(2)
      expect(lines[0]).toMatch(/^id,name,email,userId,stage,/)
      expect(lines[1]).toContain("'=Ann")
      const entry = (await everything())['audit']?.find(({ action }) => action === 'customers.exported')
      expect(entry).toMatchObject({ details: { hasText: true } })
      expect(JSON.stringify(entry)).not.toContain('u1')
    })
  })
}
