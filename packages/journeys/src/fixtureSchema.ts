import type { z } from 'zod'
import { fixtureProblems } from './fixtureProblems.ts'
import { StatedFixtureSchema } from './statedFixture.ts'

/** A test of a journey: what happens to a customer, and what is to come of it. */
export const FixtureSchema = StatedFixtureSchema.superRefine((stated, context) => {
  for (const { path, message } of fixtureProblems(stated)) context.addIssue({ code: 'custom', path, message })
})

export type Fixture = z.infer<typeof FixtureSchema>
export type FixtureCase = Fixture['cases'][number]
