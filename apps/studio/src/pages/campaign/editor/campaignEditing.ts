import { createContext, use } from 'react'
import type { Campaign } from '../../../api/contract.ts'

/** What the parts of the editor of a campaign share. */
export interface CampaignEditing {
  campaign: Campaign
  isReadOnly: boolean
  /** `field` names what is typed into: letters that follow each other are taken back in one step. */
  change: (changes: Partial<Campaign>, field?: string) => void
  /** What keeps it from being sent at the first place at or below one, such as `variants.0`. */
  problemAt: (path: string) => string | undefined
}

const Context = createContext<CampaignEditing | null>(null)

export const CampaignEditingProvider = Context.Provider

export function useCampaignEditing(): CampaignEditing {
  const editing = use(Context)
  if (!editing) throw new Error('Outside of the editor of a campaign')
  return editing
}
