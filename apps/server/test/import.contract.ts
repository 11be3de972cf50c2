import { describe, expect, it } from 'vitest'
import { useCiclo, type Json } from './support/useCiclo.ts'

/** Rows of a file as the studio sends them, on a database. */
export function importContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`rows of a file on ${database}`, () => {
    const { world, post, found } = useCiclo(createDatabase)
    const send = (kind: string, cells: readonly Json[], more: Json = {}) =>
      post('/api/import/rows', {
        kind,
        rows: cells.map((one, place) => ({ row: place + 2, cells: one })),
        ...more,
      })

    it('have their columns guessed, whatever the case and the signs between words', async () => {
      const header = ['E-Mail', 'Customer ID', 'first name', 'Whatever', 'accepts_marketing']
      const { fields } = (await post('/api/import/columns', { kind: 'customers', header })) as unknown as {
        fields: { field: string; column: number | null }[]
      }
      const columns = Object.fromEntries(fields.map(({ field, column }) => [field, column]))
      expect(columns).toMatchObject({ email: 0, user_id: 1, first_name: 2, subscribed: 4, city: null })
      const orders = (await post('/api/import/columns', { kind: 'orders', header: ['Order ID', 'Total'] }))[
        'fields'
      ]
      expect(orders).toEqual(
        expect.arrayContaining([
          { field: 'order_id', column: 0, isNeeded: true },
          { field: 'date', column: null, isNeeded: true },
        ]),
      )
    })

    it('of customers say who they are and whether they may be written to, and mail nobody', async () => {
      const customers = [
        {
          email: 'Ana@Example.com',
          user_id: 'c1',
          first_name: 'Ana',
          locale: 'es',
          subscribed: 'TRUE',
          created_at: '2024-03-01',
        },
        { email: 'bo@example.com', subscribed: 'no' },
        { user_id: 'c3', city: 'Cluj' },
      ]
      const dry = await send('customers', customers, { dryRun: true })
      expect(dry).toMatchObject({ dryRun: true, read: 3, applied: 0, refused: [] })
      expect(await world.test.customer('userId=c1')).toBeUndefined()
      expect(await send('customers', customers)).toMatchObject({ read: 3, applied: 3, duplicate: 0 })
      expect(await found('email=ana@example.com')).toMatchObject({
        userId: 'c1',
        lifecycle: { stage: 'prospect', permission: 'subscribed' },
      })
      expect((await found('email=bo@example.com')).lifecycle['permission']).toBe('unsubscribed')
      expect(await send('customers', customers)).toMatchObject({ applied: 0, duplicate: 3 })
      await world.test.ciclo.settle()
      expect(world.mails).toEqual([])
    })

    it('do not bring back who has unsubscribed since', async () => {
      const row = { email: 'eve@example.com', subscribed: 'yes', subscribed_at: '2024-01-01' }
      await send('customers', [{ email: 'eve@example.com', subscribed: 'no', subscribed_at: '2025-05-05' }])
      await send('customers', [row])
      expect((await found('email=eve@example.com')).lifecycle['permission']).toBe('unsubscribed')
    })

    it.each<[cells: Json, reason: RegExp]>([
      [{ email: 'nobody' }, /^email: given "nobody", expected an address/],
      [{}, /^email: given nothing, expected the customer/],
      [{ email: 'a@example.com', subscribed: 'maybe' }, /^subscribed: given "maybe", expected yes or no/],
      [
        { email: 'a@example.com', created_at: '31.12.2024' },
        /^created_at: given "31\.12\.2024", expected ISO 8601/,
      ],
      [
        { email: 'a@example.com', first_name: '=cmd()' },
        /^first_name: given "=cmd\(\)", expected plain text/,
      ],
      [{ user_id: 'x', subscribed: 'yes' }, /^email: given nothing, expected the address that has agreed/],
    ])('of customers are refused with a reason: %j', async (cells, reason) => {
      const answer = await send('customers', [cells, { email: 'fine@example.com' }])
      expect(answer).toMatchObject({
        read: 1,
        applied: 1,
        refused: [{ row: 2, reason: expect.stringMatching(reason) as string }],
      })
    })

    it('of orders are the orders of the CLI, with the same reasons', async () => {
      const cells = { order_id: 'o1', date: '2025-01-02', total: '12,50', email: 'ana@example.com' }
      expect(await send('orders', [cells, { ...cells, total: '1,234' }], { currency: 'EUR' })).toMatchObject({
        applied: 1,
        refused: [{ row: 3, reason: expect.stringContaining('total: given "1,234"') as string }],
      })
      expect((await found('email=ana@example.com')).orders).toMatchObject({
        count: 1,
        revenue: { EUR: 1_250 },
      })
      expect(await send('orders', [cells], { currency: 'EUR' })).toMatchObject({ duplicate: 1 })
    })
  })
}
