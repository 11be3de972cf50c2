import { Stack } from '@mantine/core'
import { useLocation } from '@tanstack/react-router'
import { BuildPanel } from './BuildPanel.tsx'
import { ShownPanel } from './ShownPanel.tsx'

/** What is recommended, and how it was made; the product it is about stands in the address, behind `#`. */
export default function RecommendationsPart() {
  const { hash } = useLocation()
  return (
    <Stack gap="md">
      <BuildPanel />
      <ShownPanel key={hash} productId={hash} />
    </Stack>
  )
}
