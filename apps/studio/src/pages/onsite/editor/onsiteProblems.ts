import { OnsiteMessageSchema, type OnsiteMessage } from '@ciclo/engine'

/** How a problem is said to a marketer; without one it is said as the server says it. */
export type ProblemWord =
  | 'words'
  | 'title'
  | 'email'
  | 'question'
  | 'options'
  | 'twice'
  | 'name'
  | 'required'
  | 'link'
  | 'path'
  | 'later'
  | 'visits'
  | 'contrast'
  | 'colour'

export interface OnsiteProblem {
  path: string
  /** The server's own. */
  message: string
  word: ProblemWord | undefined
}

const PLACES: readonly (readonly [place: RegExp, word: ProblemWord])[] = [
  [/^texts(\.\w+)?$/, 'title'],
  [/^texts\./, 'words'],
  [/\.label\.\w+$/, 'words'],
  [/^name$/, 'words'],
  [/^fields\.\d+\.options$/, 'options'],
  [/^fields\.\d+\.(name|type)$/, 'name'],
  [/^fields\.\d+\.required$/, 'required'],
  [/^link$/, 'link'],
  [/^rules\.(pages|notPages)/, 'path'],
  [/^endsAt$/, 'later'],
  [/^rules\.visits/, 'visits'],
]

function wordOf(path: string, message: string, { kind, colours }: OnsiteMessage): ProblemWord | undefined {
  if (message.startsWith('expected every')) return 'twice'
  if (/^fields\.\d+\.options\.\d+\.value$/.test(path)) return 'words'
  if (path === 'fields') return kind === 'survey' ? 'question' : 'email'
  if (path.startsWith('colours.')) {
    const colour = colours?.[path.slice('colours.'.length) as 'accent']
    return /^#[0-9a-f]{6}$/i.test(colour ?? '') ? 'contrast' : 'colour'
  }
  return PLACES.find(([place]) => place.test(path))?.[1]
}

/** What is wrong with a message, by the very schema that the server reads it by. */
export function findProblems(message: OnsiteMessage): OnsiteProblem[] {
  const parsed = OnsiteMessageSchema.safeParse(message)
  if (parsed.success) return []
  return parsed.error.issues.map((issue) => {
    const path = issue.path.join('.')
    return { path, message: issue.message, word: wordOf(path, issue.message, message) }
  })
}
