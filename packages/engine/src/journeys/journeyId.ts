import { z } from 'zod'

/** The name of a journey, a step, a template, a pool of codes: part of ids and of files' names. */
export const JourneyIdSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'expected lower-case words joined by hyphens' })
  // The one name of that form that every JavaScript object has already.
  .refine((name) => name !== 'constructor', { message: "expected another word than 'constructor'" })
