import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document } from 'yaml'

/** Both count from 1. */
export interface TextPlace {
  line: number
  column: number
}

export interface TextProblem extends TextPlace {
  message: string
}

type Path = readonly PropertyKey[]

/** What a text says, and where in it; or why it cannot be read. */
export type ReadYaml = { value: unknown; placeOf: (path: Path) => TextPlace } | { problems: TextProblem[] }

/** Characters: the longest journey of 200 steps is far below. */
const LONGEST = 262_144
/** As often as all aliases together may repeat what they stand for. */
const ALIASES = 100
/** What follows from the first mistakes is told by nobody. */
const TOLD = 10

/** What the parser lets pass, and no journey needs: each would mean something else than it looks like. */
function strangeParts(document: Document.Parsed): [offset: number, message: string][] {
  const found: [number, string][] = []
  visit(document, {
    Pair: (_key, { key }) => {
      if (isScalar(key)) return
      const range = isMap(key) || isSeq(key) || isAlias(key) ? key.range : undefined
      found.push([range?.[0] ?? 0, 'given a field that is called by a list or a map, expected a name'])
    },
    Alias: (_key, alias, path) => {
      const target = alias.resolve(document)
      // A list or a map may be named before it is complete, inside itself.
      if (target !== undefined && path.includes(target))
        found.push([alias.range?.[0] ?? 0, `given *${alias.source} inside itself, expected another part`])
    },
  })
  const { explicit, version } = document.directives.yaml
  if (explicit === true && version !== '1.2') found.push([0, `given YAML ${version}, expected YAML 1.2`])
  return found
}

/** The offset of the name of the member, or of the element, that a path leads to, or of the innermost that is there. */
function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents
  let offset = document.contents?.range[0] ?? 0
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part)
      if (!pair || !isScalar(pair.key)) break
      offset = pair.key.range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node) && typeof part === 'number') {
      const item: unknown = node.items[part]
      if (item === undefined) break
      if (isMap(item) || isSeq(item) || isScalar(item) || isAlias(item)) offset = item.range?.[0] ?? offset
      node = item
    } else break
  }
  return offset
}

/** Reads one document of YAML 1.2, JSON being a part of it. No tags, bounded aliases, and each name once in a map. */
export function readYaml(text: string): ReadYaml {
  if (text.length > LONGEST) {
    const message = `given ${text.length} characters, expected at most ${LONGEST}`
    return { problems: [{ line: 1, column: 1, message }] }
  }
  const counter = new LineCounter()
  const placeAt = (offset: number): TextPlace => {
    const { line, col } = counter.linePos(offset)
    // An empty text has no lines.
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const told = (parts: readonly [number, string][]) => ({
    problems: parts.slice(0, TOLD).map(([offset, message]) => ({ ...placeAt(offset), message })),
  })
  const options = {
    lineCounter: counter,
    prettyErrors: false,
    resolveKnownTags: false,
    version: '1.2',
  } as const
  const document = parseDocument(text, options)
  const deep = document.errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION')
  if (deep) return told([[deep.pos[0], 'given too many parts inside each other, expected fewer']])
  const refused = [...document.errors, ...document.warnings]
  if (refused.length > 0) return told(refused.map(({ pos, message }) => [pos[0], message]))
  const strange = strangeParts(document)
  if (strange.length > 0) return told(strange)
  try {
    const value: unknown = document.toJS({ maxAliasCount: ALIASES })
    return { value, placeOf: (path) => placeAt(offsetOf(document, path)) }
  } catch (error) {
    // Aliases of aliases, or of what is not there.
    if (error instanceof ReferenceError) return told([[0, error.message]])
    throw error
  }
}
