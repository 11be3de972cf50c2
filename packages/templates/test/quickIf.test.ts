import fc from 'fast-check'
import { Liquid } from 'liquidjs'
import { expect, it } from 'vitest'
import { createEngine } from '../src/createEngine.ts'
import { condition, data, outcome } from './liquidSamples.ts'

const quick = createEngine({ escape: false })
const plain = new Liquid({ ownPropertyOnly: true, lenientIf: true, strictFilters: true })

it('An if says what LiquidJS says, whatever it is asked of whatever there is', () => {
  const seed = Date.now()
  fc.assert(
    fc.property(condition, condition, data, fc.boolean(), (one, other, scope, strict) => {
      const asked = `{% if ${one} %}1{% elsif ${other} %}2{% else %}3{% endif %}{% if ${other} %}4{% endif %}`
      const template = `{% assign mine = a %}${asked}{% for loop in o %}${asked}{% endfor %}{% assign o = b %}${asked}`
      expect(outcome(quick, template, scope, strict)).toBe(outcome(plain, template, scope, strict))
    }),
    { seed, numRuns: 500 },
  )
})
