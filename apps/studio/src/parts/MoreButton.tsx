import { Button } from '@mantine/core'

/** Fetches what follows in a list; nothing where it is all there. */
export function MoreButton({
  label,
  query: { hasNextPage, isFetchingNextPage, fetchNextPage },
}: {
  label: string
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
}) {
  if (!hasNextPage) return null
  return (
    <Button
      mt="sm"
      variant="default"
      w="fit-content"
      loading={isFetchingNextPage}
      onClick={() => void fetchNextPage()}
    >
      {label}
    </Button>
  )
}
