import fc from 'fast-check'
import { Liquid } from 'liquidjs'
import { expect, it } from 'vitest'
import { createEngine } from '../src/createEngine.ts'
import { registerDataTag, useDataTag } from '../src/dataTag.ts'
import { escapeHtml } from '../src/escapeHtml.ts'
import { data, outcome, path } from './liquidSamples.ts'

const quick = createEngine({ escape: true })
registerDataTag(quick, escapeHtml)
const plain = new Liquid({
  ownPropertyOnly: true,
  lenientIf: true,
  strictFilters: true,
  outputEscape: 'escape',
})

it('An output says what LiquidJS says, whatever it is asked of whatever there is', () => {
  const seed = Date.now()
  fc.assert(
    fc.property(path, path, data, fc.boolean(), (one, other, scope, strict) => {
      const shown = `{{ ${one} }}-{{${other}}}<{{ ${one} }}`
      const loop = `{% for loop in o %}${shown}{% if loop == 'x' %}{% break %}{% endif %}{% endfor %}`
      const captured = `{% capture mine %}${shown}{% endcapture %}${shown}`
      const template = `${shown}{% assign mine = a %}${shown}${loop}{% assign o = b %}${captured}`
      expect(outcome(quick, useDataTag(template), scope, strict)).toBe(
        outcome(plain, template, scope, strict),
      )
    }),
    { seed, numRuns: 500 },
  )
})

it('An output of a letter that HTML has a use for is escaped as LiquidJS does', () => {
  const scope = { name: `<b title="x">'&'</b>` }
  expect(outcome(quick, useDataTag('{{ name }}'), scope, false)).toBe(
    outcome(plain, '{{ name }}', scope, false),
  )
})
