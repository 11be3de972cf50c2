import type { OnsiteMessage } from '@ciclo/engine'
import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { api } from '../../../api/api.ts'
import { ApiProblem } from '../../../api/apiProblem.ts'
import { ask } from '../../../api/ask.ts'
import type { Stored } from '../../../drafts/createDraftKeeper.ts'
import { deviceDrafts } from '../../../drafts/device.ts'
import { startHistory, stepHistory } from '../../../drafts/editHistory.ts'
import { useDraft } from '../../../drafts/useDraft.ts'
import { askedByTitle } from '../fields/askedByTitle.ts'
import { saveOnsite } from '../onsiteQueries.ts'
import { findProblems } from './onsiteProblems.ts'

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

const pendingKey = (id: string) => `onsite-live/${id}`

/**
 * A message that is edited. As long as it is off, it is saved by itself. What visitors see is changed only when somebody
 * says so: until then changes are kept on this device.
 */
export function useOnsiteDraft({
  id,
  start,
  isReadOnly,
}: {
  id: string
  start: Stored<OnsiteMessage>
  isReadOnly: boolean
}) {
  const draft = useDraft<OnsiteMessage>({
    key: `onsite/${id}`,
    start,
    isReadOnly,
    door: {
      save: async (value, seen) => {
        // What is refused for certain is not asked for: it waits on this device until it is complete.
        const [problem] = findProblems(value)
        if (problem) throw new ApiProblem(400, { code: 'bad-request', message: problem.message })
        return await saveOnsite(value, seen)
      },
      read: async () => {
        const { message, hash } = await ask(api.onsite[':id'].$get({ param: { id } }))
        return { value: message, hash }
      },
    },
  })
  const [history, step] = useReducer(stepHistory<OnsiteMessage>, start.value, startHistory)
  /** What the draft has of us, or we of it. */
  const agreed = useRef(start.value)
  /** What the changes that wait were made to. */
  const [base, setBase] = useState(start.hash)
  const { live } = draft.value
  const message = history.value.live === live ? history.value : { ...history.value, live }
  const isPending = live && !isSame(message, draft.value)

  const give = useCallback(
    (value: OnsiteMessage) => {
      agreed.current = value
      draft.edit(value)
    },
    [draft.edit],
  )

  // Somebody else's change, a draft that was brought back, or theirs that was taken.
  useEffect(() => {
    if (isSame(draft.value, agreed.current)) return
    const isMine = !isSame({ ...history.value, live: false }, { ...agreed.current, live: false })
    agreed.current = draft.value
    // What waits to be published is not thrown away for what others have published.
    if (!(live && isMine)) step({ type: 'edit', value: draft.value })
  }, [draft.value, history.value, live])

  useEffect(() => {
    if (!live) {
      if (!isSame(message, agreed.current)) give(message)
      return
    }
    if (isPending) deviceDrafts().keep(pendingKey(id), { value: message, base, at: Date.now() })
    else {
      deviceDrafts().drop(pendingKey(id))
      setBase(draft.hash)
    }
  }, [message, live, isPending, give, id, base, draft.hash])

  useEffect(() => {
    if (!start.value.live || isReadOnly) return
    deviceDrafts().takeOver<OnsiteMessage>(pendingKey(id), ({ value, base: seen, at }) => {
      setBase(seen)
      step({ type: 'edit', value })
      return deviceDrafts().keep(pendingKey(id), { value, base: seen, at })
    })
    // Once: what an earlier tab has left.
  }, [id, isReadOnly, start.value.live])

  const publish = async (value: OnsiteMessage) => {
    step({ type: 'edit', value })
    give(value)
    deviceDrafts().drop(pendingKey(id))
    await draft.flush()
  }
  return {
    draft,
    /** As it is written here. */
    message,
    isLive: live,
    isPending,
    /** Somebody else has published something since the changes that wait were begun. */
    isStale: isPending && base !== draft.hash,
    change: (changes: Partial<OnsiteMessage>, field?: string) => {
      if (!isReadOnly) step({ type: 'edit', value: askedByTitle({ ...message, ...changes }), field })
    },
    publish: () => publish(message),
    discard: () => step({ type: 'edit', value: draft.value }),
    /** Rejects where the server does not take it; then it is off as before. */
    switchLive: async (isOn: boolean) => {
      try {
        await publish({ ...message, live: isOn })
      } catch (error) {
        if (isOn) give({ ...message, live: false })
        throw error
      }
    },
    undo: history.past.length > 0 ? () => step({ type: 'undo' }) : undefined,
    redo: history.future.length > 0 ? () => step({ type: 'redo' }) : undefined,
  }
}
