import { useQuery } from '@tanstack/react-query'
import { templatesQuery } from '../../templates/templateQueries.ts'

/** The shop's templates, and whatever was chosen before. */
export function useTemplateChoices(chosen: readonly string[]): string[] {
  const { data } = useQuery(templatesQuery)
  const offered = (data?.templates ?? []).map(({ name }) => name)
  return [...offered, ...chosen.filter((name) => name !== '' && !offered.includes(name))]
}
