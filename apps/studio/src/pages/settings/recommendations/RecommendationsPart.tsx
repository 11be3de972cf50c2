import { Stack } from '@mantine/core'
import { BuildPanel } from './BuildPanel.tsx'
import { ShownPanel } from './ShownPanel.tsx'

/** How recommendations were made, and what is popular. */
export default function RecommendationsPart() {
  return (
    <Stack gap="md">
      <BuildPanel />
      <ShownPanel />
    </Stack>
  )
}
