import { useQuery } from '@tanstack/react-query'
import { templatesQuery } from '../../templates/templateQueries.ts'
import { mayBeCampaign } from '../../campaigns/mayBeCampaign.ts'

/** The templates that may go to a segment, and whatever was chosen before. */
export function useTemplateChoices(chosen: readonly string[]): string[] {
  const { data } = useQuery(templatesQuery)
  const offered = (data?.templates ?? []).filter(mayBeCampaign).map(({ name }) => name)
  return [...offered, ...chosen.filter((name) => name !== '' && !offered.includes(name))]
}
