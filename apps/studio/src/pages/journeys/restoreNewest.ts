import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'

/** Makes what an archived journey said last its draft. */
export async function restoreNewest(id: string) {
  const { shown } = await ask(api.journeys[':id'].$get({ param: { id } }))
  if (!shown) throw new Error(`The journey ${id} has no version, expected one to bring back`)
  const param = { id, version: String(shown.version) }
  return await ask(api.journeys[':id'].versions[':version'].restore.$post({ param }))
}
