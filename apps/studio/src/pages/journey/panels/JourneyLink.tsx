import { useQuery } from '@tanstack/react-query'
import { PageLink } from '../../../parts/PageLink.tsx'
import { journeyNamesQuery } from '../journeyQueries.ts'

/** Another journey by its name. What is done with it has its menu there. */
export function JourneyLink({ id, size }: { id: string; size: 'xs' | 'sm' }) {
  const { data = [] } = useQuery(journeyNamesQuery)
  return (
    <PageLink to="/journeys/$journeyId" params={{ journeyId: id }} search={{}} size={size} underline="always">
      {data.find((journey) => journey.id === id)?.name ?? id}
    </PageLink>
  )
}
