import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { copyOfJourney, emptyJourney } from './newJourney.ts'

interface NewJourney {
  way: 'empty' | 'copy' | 'text'
  id: string
  name: string
  /** The id of the one that is copied. */
  from: string | null
  text: string
}

/** What a journey says now: its draft, what is at work, or else its newest version. */
async function definitionOf(id: string): Promise<Record<string, unknown>> {
  const { draft, current, versions } = await ask(api.journeys[':id'].$get({ param: { id } }))
  const shown = draft ?? current
  if (shown) return shown.definition
  const newest = String(versions.at(-1)?.version ?? 1)
  return (await ask(api.journeys[':id'].versions[':version'].$get({ param: { id, version: newest } })))
    .definition
}

/** Makes a journey as a draft: never in the place of another. */
export async function makeJourney({ way, id, name, from, text }: NewJourney): Promise<{ id: string }> {
  if (way === 'text')
    return await ask(
      api.journeys.index.$post({}, { init: { headers: { 'content-type': 'application/yaml' }, body: text } }),
    )
  const definition =
    way === 'copy' && from !== null
      ? copyOfJourney(await definitionOf(from), id, name)
      : emptyJourney(id, name)
  return await ask(api.journeys.index.$post({}, withBody(definition)))
}
