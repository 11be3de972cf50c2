import fc from 'fast-check'
import { Liquid } from 'liquidjs'
import { expect, it } from 'vitest'
import { createEngine } from '../src/createEngine.ts'

const quick = createEngine({ escape: false })
const plain = new Liquid({ ownPropertyOnly: true, lenientIf: true, strictFilters: true })

const leaf = fc.constantFrom(
  '',
  ' ',
  '\n',
  'x',
  'marketing',
  '1',
  0,
  1,
  Number.NaN,
  true,
  false,
  null,
  undefined,
)
const value = fc.oneof(
  { weight: 4, arbitrary: leaf },
  fc.constantFrom<unknown>([], ['x'], {}, { a: 'x' }, { size: 3 }),
)
const data = fc.record(
  { a: value, b: value, o: fc.record({ a: value, b: value, constructor: value }, { requiredKeys: [] }) },
  { requiredKeys: [] },
)
const NAMES = `a b o o.a o.b o.a.b o.constructor o.toString a.size o.first none none.a loop loop.a forloop.first forloop
  mine o['a'] true blank nil`
const path = fc.constantFrom(...NAMES.split(/\s+/))
const condition = fc.oneof(
  path,
  fc
    .tuple(
      path,
      fc.constantFrom('==', '!=', '>', 'contains'),
      fc.oneof(path, fc.constantFrom('blank', 'empty', 'nil', "'x'", '"marketing"', "''", '1', 'true')),
    )
    .map((parts) => parts.join(' ')),
  fc.tuple(path, fc.constantFrom('and', 'or'), path).map((parts) => parts.join(' ')),
  path.map((one) => `${one} | size`),
)

it('An if says what LiquidJS says, whatever it is asked of whatever there is', () => {
  const seed = Date.now()
  const outcome = (engine: Liquid, template: string, scope: object, strict: boolean) => {
    try {
      return String(engine.parseAndRenderSync(template, scope, { strictVariables: strict }))
    } catch (error) {
      return (error as Error).message.split(',', 1)[0]
    }
  }
  fc.assert(
    fc.property(condition, condition, data, fc.boolean(), (one, other, scope, strict) => {
      const asked = `{% if ${one} %}1{% elsif ${other} %}2{% else %}3{% endif %}{% if ${other} %}4{% endif %}`
      const template = `{% assign mine = a %}${asked}{% for loop in o %}${asked}{% endfor %}{% assign o = b %}${asked}`
      expect(outcome(quick, template, scope, strict)).toBe(outcome(plain, template, scope, strict))
    }),
    { seed, numRuns: 500 },
  )
})
