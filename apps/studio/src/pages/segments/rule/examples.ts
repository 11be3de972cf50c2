const DAY = 86_400_000

/** Segments that nearly every shop has a use for. */
export const EXAMPLES = {
  atRiskVips: {
    kind: 'and',
    rules: [
      { kind: 'lifecycle', region: 'value', states: ['vip'] },
      { kind: 'lifecycle', region: 'stage', states: ['atRisk', 'lapsed'] },
    ],
  },
  boughtOnce: {
    kind: 'and',
    rules: [
      { kind: 'orders', figure: 'count', condition: { operator: 'is', value: 1 } },
      { kind: 'ago', of: 'lastOrder', atLeast: 60 * DAY },
    ],
  },
  neverBought: {
    kind: 'and',
    rules: [
      { kind: 'lifecycle', region: 'permission', states: ['subscribed'] },
      { kind: 'orders', figure: 'count', condition: { operator: 'is', value: 0 } },
    ],
  },
} as const

type ExampleName = keyof typeof EXAMPLES
export const EXAMPLE_NAMES = Object.keys(EXAMPLES) as ExampleName[]
export const isExample = (name: unknown): name is ExampleName =>
  typeof name === 'string' && Object.hasOwn(EXAMPLES, name)
