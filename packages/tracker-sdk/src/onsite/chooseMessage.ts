import type { ShownMessage } from '@ciclo/engine'
import { isOnPage } from './isOnPage.ts'

/** What this browser has seen of one message. */
export interface Seen {
  times: number
  /** Epoch milliseconds, by the visitor's clock. */
  last: number
  answered: boolean
}

/** What is true of a page, its visitor and the moment. */
export interface Facts {
  path: string
  /** Of the window, in CSS pixels. */
  width: number
  /** The number of this browser's visit, from 1. */
  visit: number
  /** The most of the page that was scrolled, in percent. */
  scroll: number
  /** Since the page was opened. */
  seconds: number
  /** Whether the pointer is just leaving the page at its top. */
  leaving: boolean
  history: Readonly<Record<string, Seen | undefined>>
  /** Epoch milliseconds. */
  now: number
}

const DAY = 86_400_000

const deviceOf = (width: number) => (width < 600 ? 'phone' : width < 1024 ? 'tablet' : 'desktop')

/** The first of the messages, the most important first, whose rules all hold and that was not seen too often. */
export const chooseMessage = (messages: readonly ShownMessage[], facts: Facts): ShownMessage | undefined =>
  messages.find(({ id, rules, frequency, endsAt }) => {
    const { devices, visits } = rules
    const seen = facts.history[id]
    return (
      isOnPage(rules, facts.path) &&
      (!devices.length || devices.includes(deviceOf(facts.width))) &&
      facts.visit >= visits.from &&
      facts.visit <= (visits.to ?? facts.visit) &&
      facts.scroll >= rules.scroll &&
      facts.seconds >= rules.seconds &&
      (facts.leaving || !rules.leaving) &&
      (!endsAt || facts.now < Date.parse(endsAt)) &&
      !(
        seen &&
        (seen.answered ||
          seen.times >= (frequency.most ?? Infinity) ||
          facts.now - seen.last < frequency.days * DAY)
      )
    )
  })
