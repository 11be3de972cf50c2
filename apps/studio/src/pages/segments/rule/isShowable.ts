/** A condition of a rule as the builder edits it: a field that is empty for now is null, and the server says so. */
export interface Leaf {
  kind: LeafKind
  [name: string]: unknown
}

export type LeafKind = (typeof LEAF_KINDS)[number]

const LEAF_KINDS = [
  'trait',
  'lifecycle',
  'consent',
  'reachable',
  'language',
  'country',
  'orders',
  'ago',
  'rfm',
  'prediction',
  'event',
] as const

export type Scalar = string | number | boolean

const isBag = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown) => typeof value === 'string'
const isNumber = (value: unknown) => typeof value === 'number'
/** A list can only be chosen from where it names nothing twice. */
const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every(isText) && new Set(value as unknown[]).size === value.length
const isPath = (value: unknown): boolean =>
  Array.isArray(value) && value.every((name) => isText(name) && name !== '')
const isOneWord = (value: unknown) =>
  value === null || isText(value) || isNumber(value) || typeof value === 'boolean'
const mayBe = (isRight: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || value === null || isRight(value)

const CONDITIONS: Readonly<Record<string, (condition: Record<string, unknown>) => boolean>> = {
  is: ({ value }) => isOneWord(value),
  // A list whose values are not all text or all numbers has no field that could show which is which.
  isOneOf: ({ values }) =>
    isTexts(values) ||
    (Array.isArray(values) && values.every(isNumber) && new Set(values as unknown[]).size === values.length),
  contains: ({ value }) => mayBe(isText)(value),
  startsWith: ({ value }) => mayBe(isText)(value),
  above: ({ value }) => mayBe(isNumber)(value),
  atLeast: ({ value }) => mayBe(isNumber)(value),
  below: ({ value }) => mayBe(isNumber)(value),
  atMost: ({ value }) => mayBe(isNumber)(value),
  exists: () => true,
}

export const NUMBER_OPERATORS = ['above', 'atLeast', 'below', 'atMost', 'is'] as const

const isCondition = (value: unknown): boolean =>
  isBag(value) &&
  hasOnly(value, ['operator', value['operator'] === 'isOneOf' ? 'values' : 'value']) &&
  typeof value['operator'] === 'string' &&
  (CONDITIONS[value['operator']]?.(value) ?? false)

/** Of a number that is always there, only what compares numbers makes sense. */
const isNumberCondition = (value: unknown): boolean =>
  isCondition(value) &&
  isBag(value) &&
  (NUMBER_OPERATORS as readonly unknown[]).includes(value['operator']) &&
  mayBe(isNumber)(value['value'])

const isWhere = (value: unknown): boolean =>
  isBag(value) &&
  hasOnly(value, ['path', 'condition']) &&
  isPath(value['path']) &&
  isCondition(value['condition'])

type Shape = Readonly<Record<string, (value: unknown) => boolean>>

const SHAPES: Readonly<Record<LeafKind, Shape>> = {
  trait: { path: isPath, condition: isCondition },
  lifecycle: { region: isText, states: isTexts },
  consent: { purpose: isText, statuses: isTexts },
  reachable: {},
  language: { languages: isTexts },
  country: { countries: isTexts },
  orders: { figure: isText, currency: mayBe(isText), condition: isNumberCondition },
  ago: { of: isText, atLeast: isNumber },
  rfm: { groups: isTexts },
  prediction: { figure: isText, condition: isNumberCondition },
  event: {
    type: mayBe(isText),
    name: mayBe(isText),
    atLeast: mayBe(isNumber),
    within: mayBe(isNumber),
    where: mayBe((value) => Array.isArray(value) && value.every(isWhere)),
  },
}

function hasOnly(value: object, names: readonly string[]): boolean {
  return Object.keys(value).every((name) => names.includes(name))
}

/** Whether the builder has a field for everything in a condition: else it is shown as code, and kept. */
export function isShowable(rule: object): rule is Leaf {
  const { kind, ...others } = rule as Record<string, unknown>
  if (!(LEAF_KINDS as readonly unknown[]).includes(kind)) return false
  const shape = SHAPES[kind as LeafKind]
  return (
    hasOnly(others, Object.keys(shape)) &&
    Object.entries(shape).every(([name, isRight]) => isRight((others as Record<string, unknown>)[name]))
  )
}
