import type { Customer } from '../customer.ts'
import type { Settings } from '../settings.ts'

/** What a journey's guards and delays look at: its machine knows no customer and no clock of its own. */
export interface JourneyFrame {
  at: number
  customer: Customer
  settings: Settings
}
