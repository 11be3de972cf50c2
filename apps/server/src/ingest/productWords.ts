import { productsOf, type ProductWord, type Settings } from '@ciclo/engine'
import type { StoredEvent } from '../store/queries/events.ts'

/** Of a transaction, from browsers. What comes beyond is left out: the catalogue only grows more slowly. */
const PUBLIC_WORDS = 1_000

/** What events say of products, in the order of their time, so that the newest word is the last. */
export function productWords(events: readonly StoredEvent[], settings: Settings): ProductWord[] {
  const words: ProductWord[] = []
  let left = PUBLIC_WORDS
  for (const { input } of events) {
    const trusted = input.source !== 'public'
    // A crawler looks at everything, and tells nothing that visitors do not.
    if (!trusted && (left <= 0 || input.event.bot === true)) continue
    const facts = productsOf(input, settings)
    if (!trusted) left -= facts.length
    words.push(...facts.map((said) => ({ facts: said, trusted, at: input.at })))
  }
  return words.toSorted((one, other) => one.at - other.at)
}
