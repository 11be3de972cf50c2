import { z } from 'zod'

/** An address that a browser may be led to: never `javascript:` or the like. */
export const HttpUrlSchema = z
  .url({ protocol: /^https?$/, message: 'expected an http(s) address' })
  .max(2_000)
