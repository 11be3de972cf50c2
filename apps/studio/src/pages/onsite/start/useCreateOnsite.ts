import type { OnsiteMessage } from '@ciclo/engine'
import { useQueryClient } from '@tanstack/react-query'
import { segmentIdOf } from '../../segments/rule/segmentIdOf.ts'
import { onsiteListQuery, saveOnsite } from '../onsiteQueries.ts'

/** Saves a new message under an id that is made of its name; never in the place of another. */
export function useCreateOnsite() {
  const queryClient = useQueryClient()
  return async (message: OnsiteMessage, name: string): Promise<OnsiteMessage> => {
    const { messages } = await queryClient.query({ ...onsiteListQuery, staleTime: 0 })
    const id = segmentIdOf(name, new Set(messages.map((one) => one.message.id)))
    const saved = await saveOnsite({ ...message, id, name: name.slice(0, 200) }, null)
    await queryClient.invalidateQueries({ queryKey: onsiteListQuery.queryKey, exact: true })
    return saved.message
  }
}
