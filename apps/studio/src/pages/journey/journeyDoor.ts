import { JourneySchema, type Journey } from '@ciclo/engine'
import type { InferResponseType } from 'hono/client'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import type { DraftDoor, Stored } from '../../drafts/createDraftKeeper.ts'

export type JourneyAnswer = InferResponseType<(typeof api.journeys)[':id']['$get'], 200>

/** What is worked on, also of one that is archived. Its fields stand in the order of the language, to be compared. */
export function storedJourney({ id, shown, hash }: JourneyAnswer): Stored<Journey> {
  if (!shown) throw new Error(`The journey ${id} has no version, expected one`)
  return { value: JourneySchema.parse(shown.definition), hash }
}

/** How a journey's draft comes and goes: never over what somebody else has saved. */
export const journeyDoor = (id: string): DraftDoor<Journey> => ({
  async save(value, expected) {
    const { init } = withBody(value)
    const headers = { ...init.headers, ...(expected === null ? {} : { 'if-match': `"${expected}"` }) }
    const { hash } = await ask(
      api.journeys[':id'].draft.$put({ param: { id } }, { init: { ...init, headers } }),
    )
    return { hash }
  },
  read: async () => storedJourney(await ask(api.journeys[':id'].$get({ param: { id } }))),
})
