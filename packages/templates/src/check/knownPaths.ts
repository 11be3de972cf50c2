import { z } from 'zod'
import { brandData, DEFAULT_BRAND } from '../brand.ts'
import { localeData } from '../inlineLocale.ts'
import { TemplateData } from '../templateData.ts'

/** What may stand behind a name: anything, a value without names of its own, a list, or names. */
export type Shape = 'any' | 'value' | { list: Shape } | { names: ReadonlyMap<string, Shape> }

function shapeOf(schema: unknown): Shape {
  if (schema instanceof z.ZodOptional) return shapeOf(schema.unwrap())
  if (schema instanceof z.ZodArray) return { list: shapeOf(schema.element) }
  if (schema instanceof z.ZodObject)
    return { names: new Map(Object.entries(schema.shape).map(([name, inner]) => [name, shapeOf(inner)])) }
  return schema instanceof z.ZodRecord ? 'any' : 'value'
}

const values = (names: readonly string[]): Shape => ({ names: new Map(names.map((name) => [name, 'value'])) })

const { social: _social, ...brand } = brandData(DEFAULT_BRAND)
const brandShape = new Map<string, Shape>([
  ...Object.keys(brand).map((name): [string, Shape] => [name, 'value']),
  ['social', { list: values(['network', 'url']) }],
])

const data = shapeOf(TemplateData)

/** Everything that Liquid can name in a mail. */
export const DATA_SHAPE: Shape = {
  names: new Map<string, Shape>([
    ...(typeof data === 'object' && 'names' in data ? data.names : []),
    ['brand', { names: brandShape }],
    ...Object.keys(localeData('en')).map((name): [string, Shape] => [name, 'value']),
  ]),
}

/** Of lists and texts Liquid itself knows these. */
const BUILT_IN = new Set(['size', 'first', 'last'])

/** A name, a number in brackets, or a variable there. */
export type PathSegment = string | number | object

/** What one step of a path leads to, or undefined where nothing is there. */
export function shapeAt(shape: Shape, segment: PathSegment): Shape | undefined {
  if (shape === 'any') return 'any'
  // A variable in brackets: only a render knows which it is.
  if (typeof segment === 'object') return 'any'
  if (shape === 'value') return segment === 'size' ? 'value' : undefined
  if ('list' in shape) {
    if (typeof segment === 'number' || segment === 'first' || segment === 'last') return shape.list
    return BUILT_IN.has(segment) ? 'value' : undefined
  }
  return shape.names.get(String(segment))
}
