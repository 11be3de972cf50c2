import fc from 'fast-check'
import type { Liquid } from 'liquidjs'

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
/** Whatever a template may be given. */
export const data = fc.record(
  { a: value, b: value, o: fc.record({ a: value, b: value, constructor: value }, { requiredKeys: [] }) },
  { requiredKeys: [] },
)
const NAMES = `a b o o.a o.b o.a.b o.constructor o.toString a.size o.first none none.a loop loop.a forloop.first forloop
  mine o['a'] true blank nil`
/** Whatever it may ask for. */
export const path = fc.constantFrom(...NAMES.split(/\s+/))
const comparison = fc.oneof(
  path,
  fc
    .tuple(
      path,
      fc.constantFrom('==', '!=', '>', 'contains'),
      fc.oneof(path, fc.constantFrom('blank', 'empty', 'nil', "'x'", '"marketing"', "''", '1', 'true')),
    )
    .map((parts) => parts.join(' ')),
)

/** Whatever it may make up its mind by. */
export const condition = fc.oneof(
  comparison,
  fc
    .tuple(comparison, fc.constantFrom('and', 'or'), comparison, fc.constantFrom('and', 'or'), comparison)
    .chain((parts) => fc.constantFrom(parts, parts.slice(0, 3)))
    .map((parts) => parts.join(' ')),
  path.map((one) => `${one} | size`),
)

/** What a template says, or what is wrong with it, without its place. */
export function outcome(
  engine: Liquid,
  template: string,
  scope: object,
  strict: boolean,
): string | undefined {
  try {
    return String(engine.parseAndRenderSync(template, scope, { strictVariables: strict }))
  } catch (error) {
    return (error as Error).message.split(',', 1)[0]
  }
}
