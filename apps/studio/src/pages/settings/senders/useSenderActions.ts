import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { sendersQuery, type Sender } from './sendersQuery.ts'

/** All that can be done with one sender. Whatever comes of it, the list is asked for anew. */
export function useSenderActions(id: string) {
  const client = useQueryClient()
  const param = { id }
  const settle = {
    onSettled: () => void client.invalidateQueries({ queryKey: sendersQuery.queryKey }),
  }
  const one = api.senders[':id']
  /** What an installation's own sender is checked for is kept nowhere: shown as long as the page is open. */
  const show = (sender: Sender) =>
    client.setQueryData(
      sendersQuery.queryKey,
      (known) =>
        known && { senders: known.senders.map((other) => (other.id === sender.id ? sender : other)) },
    )
  return {
    check: useMutation({ mutationFn: () => ask(one.check.$post({ param })), onSuccess: show }),
    makeKey: useMutation({ mutationFn: () => ask(one.dkim.$post({ param }, withBody({}))), ...settle }),
    test: useMutation({
      mutationFn: (to: string) => ask(one.test.$post({ param }, withBody({ to }))),
      ...settle,
    }),
    goLive: useMutation({
      mutationFn: (how: { force?: boolean; reason?: string; main?: boolean }) =>
        ask(one.live.$post({ param }, withBody(how))),
      ...settle,
    }),
    stop: useMutation({
      mutationFn: (reason: string) =>
        ask(one.stop.$post({ param }, withBody(reason === '' ? {} : { reason }))),
      ...settle,
    }),
    resume: useMutation({ mutationFn: () => ask(one.resume.$post({ param })), ...settle }),
    remove: useMutation({ mutationFn: () => ask(one.$delete({ param })), ...settle }),
    save: useMutation({
      mutationFn: (change: Record<string, unknown>) => ask(one.$put({ param }, withBody(change))),
      ...settle,
    }),
  }
}

export type SenderActions = ReturnType<typeof useSenderActions>
