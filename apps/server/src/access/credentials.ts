import { normaliseEmail } from '@ciclo/engine'
import { z } from 'zod'

/** Long enough not to need rules on what must be in it (NIST SP 800-63B). */
export const SHORTEST_PASSWORD = 12
/** A hash of a novel is work for the server and no better password. */
export const LONGEST_PASSWORD = 128

export const PasswordSchema = z
  .string()
  .min(SHORTEST_PASSWORD, `expected at least ${SHORTEST_PASSWORD} characters`)
  .max(LONGEST_PASSWORD, `expected at most ${LONGEST_PASSWORD} characters`)

/** A person's name, as it stands beside what they did. */
export const PersonNameSchema = z.string().trim().min(1, 'expected a name').max(100)

/** An address that mail can go to, lower-cased. */
export const AddressSchema = z
  .string()
  .max(254)
  .transform((text, context) => {
    const address = normaliseEmail(text)
    if (address !== undefined) return address
    context.addIssue({ code: 'custom', message: 'expected one address, such as you@shop.example' })
    return z.NEVER
  })
