/** Something that is told to one subscriber. */
export interface Delivery {
  /** What receivers know it by. */
  id: string
  customerId: string
  event: string
  body: unknown
  /** Invented, so that a receiver can be tried out. */
  isSample?: boolean
}
