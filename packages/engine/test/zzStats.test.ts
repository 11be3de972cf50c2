import fc from 'fast-check'
import { it } from 'vitest'
import { simulate } from '../src/index.ts'
import { arbitraryPunctual, arbitraryShop, rulesOf } from './support/arbitraryLives.ts'
import { check } from './support/histories.ts'
import { START } from './support/inputs.ts'
it('stats', () => {
  const counts: Record<string, number> = {}
  const add = (name: string, n = 1) => { counts[name] = (counts[name] ?? 0) + n }
  check(fc.property(arbitraryShop, arbitraryPunctual, (shop, inputs) => {
    const { live } = rulesOf(shop)
    const s = simulate(inputs, live, { customerId: 'c1', until: (inputs.at(-1)?.at ?? START) + 60 * 86_400_000 })
    add('lives'); add('inputs', inputs.length)
    if (s.runs.length === 0) add('norun')
    for (const r of s.runs) { add('runs'); add(`end ${String(r.endReason).split(':')[0]}`); if (Object.keys(r.visits).length > 2) add('visits>2') }
    for (const m of s.messages) add(`msg ${m.outcome}${m.reason ?? ''}`)
    add('coupons', s.coupons.length); add('webhooks', s.webhooks.length)
  }))
  console.log(counts)
})
