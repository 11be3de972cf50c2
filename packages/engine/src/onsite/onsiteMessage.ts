import type { z } from 'zod'
import { findOnsiteProblems } from './findOnsiteProblems.ts'
import { OnsiteDefinitionSchema } from './onsiteDefinition.ts'

/** A message on the shop's own pages, as marketers set it up. */
export const OnsiteMessageSchema = OnsiteDefinitionSchema.superRefine((message, context) => {
  for (const { path, message: problem } of findOnsiteProblems(message))
    context.addIssue({ code: 'custom', path: [...path], message: problem })
})

export type OnsiteMessage = z.infer<typeof OnsiteMessageSchema>
