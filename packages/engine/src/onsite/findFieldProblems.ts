import {
  FORMS,
  KIND_NAMES,
  localesOf,
  NOTICES,
  type FindProblems,
  type OnsiteProblem,
} from './onsiteProblem.ts'

const repeated = (names: readonly string[]) => names.findIndex((name, place) => names.indexOf(name) !== place)

/** A word for each language that the message has, and for no other. */
function ofLabels(
  labels: Readonly<Record<string, string>>,
  path: readonly (string | number)[],
  locales: readonly string[],
): OnsiteProblem[] {
  return [
    ...locales
      .filter((locale) => !Object.hasOwn(labels, locale))
      .map((locale) => ({
        path: [...path, locale],
        message: `expected words: the message has texts in ${locale}`,
      })),
    ...Object.keys(labels)
      .filter((locale) => !locales.includes(locale))
      .map((locale) => ({ path: [...path, locale], message: `expected texts.${locale} as well` })),
  ]
}

/** What is wrong with what a message asks for. */
export const findFieldProblems: FindProblems = (message) => {
  const { kind, fields } = message
  const locales = localesOf(message)
  const problems: OnsiteProblem[] = fields.flatMap(({ name, type, required, label, options }, place) => {
    const path = ['fields', place]
    const isChoice = type === 'choice' || type === 'choices'
    const twice = repeated(options.map(({ value }) => value))
    return [
      ...ofLabels(label, [...path, 'label'], locales),
      ...options.flatMap((option, at) => ofLabels(option.label, [...path, 'options', at, 'label'], locales)),
      ...(isChoice && options.length < 2
        ? [{ path: [...path, 'options'], message: `expected at least two options of a ${type}` }]
        : []),
      ...(!isChoice && options.length > 0
        ? [{ path: [...path, 'options'], message: `expected none of a ${type}` }]
        : []),
      ...(twice < 0
        ? []
        : [{ path: [...path, 'options', twice, 'value'], message: 'expected every value once' }]),
      ...((name === 'email') === (type === 'email')
        ? []
        : [{ path: [...path, 'type'], message: "expected the field 'email', and only it, to be an email" }]),
      ...(FORMS.has(kind) && type === 'email' && !required
        ? [
            {
              path: [...path, 'required'],
              message: `expected true: ${KIND_NAMES[kind]} without an address is for nobody`,
            },
          ]
        : []),
      // The names that every JavaScript object has already.
      ...(name in {} ? [{ path: [...path, 'name'], message: 'expected another name' }] : []),
    ]
  })
  const twice = repeated(fields.map(({ name }) => name))
  if (twice >= 0) problems.push({ path: ['fields', twice, 'name'], message: 'expected every name once' })
  if (FORMS.has(kind) && !fields.some(({ type }) => type === 'email'))
    problems.push({
      path: ['fields'],
      message: `expected a field of the type email: ${KIND_NAMES[kind]} needs it`,
    })
  if (NOTICES.has(kind) && fields.length > 0)
    problems.push({ path: ['fields'], message: `expected none: ${KIND_NAMES[kind]} asks nothing` })
  return problems
}
