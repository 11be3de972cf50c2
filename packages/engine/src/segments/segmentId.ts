import { z } from 'zod'

/** What a saved segment is called by. It stands in addresses, and in the names of transitions. */
export const SegmentIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, {
  message: 'expected 1 to 64 letters, digits, - and _, a letter or digit first',
})
