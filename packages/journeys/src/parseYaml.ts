import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'

/** What a text says, and on which line a part of it begins; or what is wrong with it, each with its place. */
export type ParsedYaml<Value> =
  | { value: Value; lineOf: (path: readonly PropertyKey[]) => number }
  | { problems: string[] }

type Path = readonly PropertyKey[]

/** Where a value is written; where it is missing, the innermost that is there. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return document.contents?.range?.[0] ?? 0
}

function offsetOfKey(document: Document, path: Path, key: string): number {
  const parent = path.length === 0 ? document.contents : document.getIn(path, true)
  if (isMap(parent)) {
    for (const pair of parent.items)
      if (isScalar(pair.key) && pair.key.value === key && pair.key.range) return pair.key.range[0]
  }
  return offsetOf(document, path)
}

/** One line for each thing that is wrong: a name that is not known has a place of its own. */
function problemsOf({ issues }: z.ZodError, document: Document): [offset: number, message: string][] {
  return issues.flatMap((issue): [number, string][] => {
    const where = issue.path.map(String).join('.')
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => [
        offsetOfKey(document, issue.path, key),
        `${where === '' ? key : `${where}.${key}`}: no such name is known here`,
      ])
    return [[offsetOf(document, issue.path), `${where === '' ? '' : `${where}: `}${issue.message}`]]
  })
}

/**
 * Reads YAML 1.2 that has to be of a schema.
 *
 * @param name what the text is called in messages: `file.yaml:12:3: cases.0.until: expected ...`
 */
export function parseYaml<Schema extends z.ZodType>(
  text: string,
  name: string,
  schema: Schema,
): ParsedYaml<z.infer<Schema>> {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, merge: true })
  const at = (offset: number, message: string) => {
    const { line, col } = counter.linePos(offset)
    return `${name}:${line}:${col}: ${message}`
  }
  if (document.errors.length > 0)
    return { problems: document.errors.map(({ pos, message }) => at(pos[0], message.split('\n')[0] ?? message)) }
  const read = schema.safeParse(document.toJS())
  if (!read.success)
    return { problems: problemsOf(read.error, document).map(([offset, message]) => at(offset, message)) }
  return { value: read.data, lineOf: (path) => counter.linePos(offsetOf(document, path)).line }
}
