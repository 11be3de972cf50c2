import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { connectionsQuery } from './connectionsQuery.ts'

/** What can be done with connections. Whatever comes of it, they are asked for anew. */
export function useConnectionActions(id: string) {
  const client = useQueryClient()
  const param = { id }
  const one = api.connections[':id']
  const settle = {
    onSettled: () => void client.invalidateQueries({ queryKey: connectionsQuery.queryKey }),
  }
  return {
    make: useMutation({
      mutationFn: (values: Record<string, unknown>) => ask(api.connections.index.$post({}, withBody(values))),
      ...settle,
    }),
    change: useMutation({
      mutationFn: (change: Record<string, unknown>) => ask(one.$patch({ param }, withBody(change))),
      ...settle,
    }),
    remove: useMutation({ mutationFn: () => ask(one.$delete({ param })), ...settle }),
  }
}
