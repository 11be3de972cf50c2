/** A step of a journey as somebody reads it who only wants to know what happens when. */
export type OutlineStep =
  | { id: string; kind: 'delay'; duration: number }
  | { id: string; kind: 'wait'; duration: number; event: string | null }
  | { id: string; kind: 'mail'; template: string }
  | { id: string; kind: 'branch' }
  | { id: string; kind: 'other' }

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown) => (typeof value === 'string' ? value : '')
const milliseconds = (value: unknown) => (typeof value === 'number' ? value : 0)

function toStep(step: Record<string, unknown>): OutlineStep {
  const id = text(step['id'])
  switch (step['kind']) {
    case 'delay':
      return { id, kind: 'delay', duration: milliseconds(step['duration']) }
    case 'wait': {
      const awaited = isObject(step['for']) ? text(step['for']['name']) : ''
      return { id, kind: 'wait', duration: milliseconds(step['timeout']), event: awaited || null }
    }
    case 'send':
      return { id, kind: 'mail', template: text(step['template']) }
    case 'branch':
    case 'split':
      return { id, kind: 'branch' }
    default:
      return { id, kind: 'other' }
  }
}

/** The steps of a definition in the order in which they are written. */
export function readOutline(definition: Record<string, unknown>): OutlineStep[] {
  const { steps } = definition
  return Array.isArray(steps) ? steps.filter(isObject).map(toStep) : []
}
