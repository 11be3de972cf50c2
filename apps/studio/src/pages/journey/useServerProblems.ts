import type { Journey } from '@ciclo/engine'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { JourneyProblem } from './journeyEditing.ts'
import { problemsQuery } from './journeyQueries.ts'

/** Long enough that a word is typed, and short enough that nobody waits for it. */
const PAUSE = 400

/** What the server has against the journey as it is edited. Until it has looked again, what it said before counts. */
export function useServerProblems(definition: Journey): readonly JourneyProblem[] | undefined {
  const [asked] = useDebouncedValue(definition, PAUSE)
  const { data } = useQuery({ ...problemsQuery(asked), placeholderData: keepPreviousData })
  return data?.journeys[0]?.problems
}
