/** The fields of a journey that have a name of their own in the reader's language. */
const NAMED_FIELDS = [
  'name',
  'description',
  'trigger',
  'entry',
  'key',
  'reentry',
  'repeat',
  'exclusion',
  'holdOut',
  'goal',
  'exits',
  'kind',
  'template',
  'purpose',
  'onCap',
  'topic',
  'sender',
  'expiresAfter',
  'next',
  'duration',
  'at',
  'weekdays',
  'days',
  'path',
  'for',
  'timeout',
  'onTimeout',
  'onMissing',
  'ways',
  'otherwise',
  'traits',
  'stopMarketing',
  'from',
  'validFor',
  'url',
  'journey',
] as const
type NamedField = (typeof NAMED_FIELDS)[number]

const isNamed = (name: string): name is NamedField => (NAMED_FIELDS as readonly string[]).includes(name)

/** What of a field people have a word for, and the rest of its path: `ways.0.when` is `ways` and `0.when`. */
export function readField(field: string): { named: NamedField | null; rest: string } {
  const [first = '', ...rest] = field.split('.')
  return isNamed(first) ? { named: first, rest: rest.join('.') } : { named: null, rest: field }
}
