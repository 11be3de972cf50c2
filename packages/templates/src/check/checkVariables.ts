import type { Template, Variable } from 'liquidjs'
import { createEngine } from '../createEngine.ts'
import type { TemplateSource } from '../templateSource.ts'
import { DATA_SHAPE, shapeAt, type PathSegment, type Shape } from './knownPaths.ts'
import type { TemplateProblem } from './templateProblem.ts'

const LOOP = /\{%-?\s*for\s+(\w+)\s+in\s+([\w.]+)/g
/** Liquid's own, inside a loop. */
const LOOP_STATE = 'forloop'

type Names = ReadonlyMap<string, Shape>

/** Where a path leads from the names that there are, and otherwise what could have stood in its place. */
function follow(names: Names, segments: readonly PathSegment[]): { shape: Shape } | { expected: string } {
  let shape: Shape = { names }
  for (const [depth, segment] of segments.entries()) {
    const next = shapeAt(shape, segment)
    if (next !== undefined) {
      shape = next
      continue
    }
    const before = segments.slice(0, depth).map(String).join('.')
    const known = typeof shape === 'object' && 'names' in shape ? [...shape.names.keys()] : []
    const expected = known.map((name) => (before === '' ? name : `${before}.${name}`)).join(', ')
    return { expected: expected === '' ? `nothing behind ${before}` : `one of ${expected}` }
  }
  return { shape }
}

/** The names that a document has besides the mail's data: of its loops, `assign` and `capture`. */
function localNames(mjml: string, templates: Template[]): Names {
  const engine = createEngine({ escape: false })
  const names = new Map<string, Shape>([[LOOP_STATE, 'any']])
  for (const name of Object.keys(engine.analyzeSync(templates).locals)) names.set(name, 'any')
  const data = dataNames()
  for (const [, name = '', path = ''] of mjml.matchAll(LOOP)) {
    const found = follow(new Map([...data, ...names]), path.split('.'))
    const isList = 'shape' in found && typeof found.shape === 'object' && 'list' in found.shape
    const element = isList ? (found.shape as { list: Shape }).list : 'any'
    // Of two loops with one name nobody can tell here which of them is meant.
    names.set(name, names.has(name) && names.get(name) !== element ? 'any' : element)
  }
  return names
}

const dataNames = (): Names =>
  typeof DATA_SHAPE === 'object' && 'names' in DATA_SHAPE ? DATA_SHAPE.names : new Map()

function unknownIn(templates: Template[], names: Names): { variable: Variable; expected: string }[] {
  const { variables } = createEngine({ escape: false }).analyzeSync(templates)
  return Object.values(variables)
    .flat()
    .flatMap((variable) => {
      const found = follow(names, variable.segments)
      return 'expected' in found ? [{ variable, expected: found.expected }] : []
    })
}

const messageOf = (variable: Variable, expected: string) =>
  `${variable.segments.map(String).join('.')} is nothing that a mail has; expected ${expected}`

/**
 * Liquid that names what no mail has, in the MJML and in the strings, wherever it stands. What `event` brings is the
 * shop's own matter. Documents that do not parse are left out: compiling tells of them.
 */
export function checkVariables({ mjml, strings, formal = {} }: TemplateSource): TemplateProblem[] {
  const engine = createEngine({ escape: false })
  engine.registerFilter('t', (key: unknown) => key)
  const parse = (document: string) => {
    try {
      return engine.parse(document)
    } catch {
      return []
    }
  }
  const document = parse(mjml)
  const names = new Map([...dataNames(), ...localNames(mjml, document)])
  const problems = unknownIn(document, names).map(({ variable, expected }): TemplateProblem => ({
    severity: 'error',
    code: 'unknown-variable',
    locale: null,
    place: { line: variable.location.row },
    message: messageOf(variable, expected),
  }))
  for (const [locale, texts] of [...Object.entries(strings), ...Object.entries(formal)])
    for (const [key, text] of Object.entries(texts)) {
      if (!text.includes('{')) continue
      const parsed = parse(text)
      const known = new Map([...names, ...localNames(text, parsed)])
      for (const { variable, expected } of unknownIn(parsed, known))
        problems.push({
          severity: 'error',
          code: 'unknown-variable',
          locale,
          place: { key },
          message: messageOf(variable, expected),
        })
    }
  return problems
}
