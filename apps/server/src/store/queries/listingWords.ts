import type { Customer } from '@ciclo/engine'

/** Letters that Unicode does not take apart into a letter and an accent, and what people type for them. */
const PLAIN: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ı: 'i',
  '’': "'",
}

/** Nobody types more of a name to find it. */
const LONGEST = 64
/** Traits are whatever somebody sends. */
const MOST_WORDS = 12

/** Text as it is compared: without case and accents, and with one space between its parts. */
const foldText = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    // Of a capital with a dot, as in Turkish, lower case makes an accent anew.
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[łøđðßæœþı’]/g, (letter) => PLAIN[letter] ?? letter)
    .trim()

const encode = (folded: string): string =>
  Buffer.from(Array.from(folded).slice(0, LONGEST).join(''), 'utf8').toString('hex')

/** The parts of what was typed: each has to be the beginning of something that the customer is found by. */
export const typedWords = (typed: string): string[] =>
  [...new Set(foldText(typed).split(/\s+/))].filter((word) => word !== '').slice(0, MOST_WORDS)

/** Between which words those lie that begin like this: from the first on, and before the second. */
export const wordRange = (typed: string): [from: string, to: string] => {
  const from = encode(typed)
  // Behind every hexadecimal digit.
  return [from, `${from}g`]
}

const NAME_TRAITS = ['firstName', 'lastName', 'first_name', 'last_name', 'name'] as const

/** The name that a customer goes by, or null. */
export function nameOf({ traits }: Pick<Customer, 'traits'>): string | null {
  const text = (name: string) => {
    const value = Object.hasOwn(traits, name) ? traits[name] : undefined
    return typeof value === 'string' ? value.trim() : ''
  }
  const first = text('firstName') || text('first_name')
  const last = text('lastName') || text('last_name')
  return [first, last].filter((part) => part !== '').join(' ') || text('name') || null
}

/** All that a customer is found by, also what browsers only claim: folded and encoded, in order. */
export function wordsOf({
  email,
  userId,
  claims,
  traits,
}: Pick<Customer, 'email' | 'userId' | 'claims' | 'traits'>): string[] {
  const whole = [email, userId, claims.email, claims.userId].filter((text) => typeof text === 'string')
  const names = NAME_TRAITS.flatMap((name) => {
    const value = Object.hasOwn(traits, name) ? traits[name] : undefined
    if (typeof value !== 'string') return []
    // Of a double name its second half as well.
    return foldText(value)
      .split(/\s+/)
      .flatMap((part) => [part, ...part.split('-').slice(1)])
  })
  const folded = [...whole.map((text) => foldText(text).replaceAll(/\s+/g, '')), ...names]
  const words = folded.filter((word) => word !== '').slice(0, MOST_WORDS)
  return [...new Set(words.map(encode))].toSorted((one, other) => (one < other ? -1 : 1))
}
