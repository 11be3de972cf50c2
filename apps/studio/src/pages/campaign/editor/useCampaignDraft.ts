import { useCallback, useEffect, useReducer, useRef } from 'react'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import type { Campaign } from '../../../api/contract.ts'
import type { Stored } from '../../../drafts/createDraftKeeper.ts'
import { startHistory, stepHistory } from '../../../drafts/editHistory.ts'
import { useDraft } from '../../../drafts/useDraft.ts'
import { definitionOf, saveCampaign } from '../../campaigns/campaignQueries.ts'

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** A campaign that is written: saved by itself, and each step of it can be taken back. */
export function useCampaignDraft({
  id,
  start,
  isReadOnly,
}: {
  id: string
  start: Stored<Campaign>
  isReadOnly: boolean
}) {
  const draft = useDraft<Campaign>({
    key: `campaign/${id}`,
    start,
    isReadOnly,
    door: {
      save: (value, seen) => saveCampaign(id, value, seen),
      read: async () => {
        const stored = await ask(api.campaigns[':id'].$get({ param: { id } }))
        return { value: definitionOf(stored), hash: stored.hash }
      },
    },
  })
  const [history, step] = useReducer(stepHistory<Campaign>, start.value, startHistory)
  /** What the draft has of us, or we of it. */
  const agreed = useRef(start.value)

  // Somebody else's change, a draft that was brought back, or theirs that was taken.
  useEffect(() => {
    if (isSame(draft.value, agreed.current)) return
    agreed.current = draft.value
    step({ type: 'edit', value: draft.value })
  }, [draft.value])

  useEffect(() => {
    if (isSame(history.value, agreed.current)) return
    agreed.current = history.value
    draft.edit(history.value)
  }, [history.value, draft.edit])

  const { value: campaign } = history
  const change = useCallback(
    (changes: Partial<Campaign>, field?: string) => {
      if (!isReadOnly) step({ type: 'edit', value: { ...campaign, ...changes }, field })
    },
    [campaign, isReadOnly],
  )
  return {
    draft,
    campaign,
    change,
    undo: history.past.length > 0 ? () => step({ type: 'undo' }) : undefined,
    redo: history.future.length > 0 ? () => step({ type: 'redo' }) : undefined,
  }
}
