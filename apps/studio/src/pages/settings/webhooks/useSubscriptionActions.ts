import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { subscriptionsQuery } from './subscriptionsQuery.ts'

/** What can be done with subscriptions. Whatever comes of it, they and what was told are asked for anew. */
export function useSubscriptionActions(id: string) {
  const client = useQueryClient()
  const param = { id }
  const one = api.subscriptions[':id']
  const settle = {
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: subscriptionsQuery.queryKey })
      await client.invalidateQueries({ queryKey: ['webhooks'] })
    },
  }
  return {
    make: useMutation({
      mutationFn: (values: Record<string, unknown>) =>
        ask(api.subscriptions.index.$post({}, withBody(values))),
      ...settle,
    }),
    change: useMutation({
      mutationFn: (values: Record<string, unknown>) => ask(one.$put({ param }, withBody(values))),
      ...settle,
    }),
    remove: useMutation({ mutationFn: () => ask(one.$delete({ param })), ...settle }),
    test: useMutation({ mutationFn: () => ask(one.test.$post({ param })), ...settle }),
    replayAll: useMutation({ mutationFn: () => ask(one.replay.$post({ param })), ...settle }),
  }
}

/** Tells one thing once more. */
export function useReplay() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => ask(api.webhooks[':id'].replay.$post({ param: { id } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['webhooks'] }),
  })
}
