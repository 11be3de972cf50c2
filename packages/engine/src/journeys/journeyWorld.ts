import type { Journey } from './journey.ts'

/** What a journey is checked against: the shop as it is now. */
export interface JourneyWorld {
  /** The locales of each template, such as `en`. */
  templates: ReadonlyMap<string, ReadonlySet<string>>
  /** Those that a mail must be there in: of enough of the shop's customers. `pt` will do for `pt-BR`. */
  locales: readonly string[]
  segments: ReadonlySet<string>
  /** By their ids, with their definitions as far as they are at hand: only of those is it seen whom they start. */
  journeys: ReadonlyMap<string, Journey | null>
  /** Of coupon codes. */
  pools: ReadonlySet<string>
  /** What marketing mails are about; left out: whatever they say. */
  topics?: ReadonlySet<string>
  /** Names of `track` events that have come in, as they were sent. */
  events: ReadonlySet<string>
  /** Outermost names of traits that customers have. */
  traits: ReadonlySet<string>
  /** Whether marketing mails have a frequency cap; left out: no. */
  hasCap?: boolean
}
