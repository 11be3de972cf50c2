import { Skeleton, Stack } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { ProblemList } from './ProblemList.tsx'

const JourneyCanvas = lazy(async () => ({
  default: (await import('./canvas/JourneyCanvas.tsx')).JourneyCanvas,
}))
const JourneyList = lazy(async () => ({ default: (await import('./list/JourneyList.tsx')).JourneyList }))

/** The journey itself, drawn or as a list, and what is wrong with it. */
export function JourneyView({ view }: { view: 'canvas' | 'list' }) {
  return (
    <Stack gap="xs" h="100%">
      <Suspense fallback={<Skeleton flex={1} aria-busy="true" />}>
        {view === 'list' ? <JourneyList /> : <JourneyCanvas />}
      </Suspense>
      <ProblemList />
    </Stack>
  )
}
