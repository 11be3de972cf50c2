import { Text } from '@mantine/core'

/** What a step is called, in one line. */
export function StepName({ id, isLink = false }: { id: string; isLink?: boolean }) {
  return (
    <Text
      span
      size="sm"
      fw={600}
      truncate
      display="block"
      title={id}
      {...(isLink ? { c: 'var(--mantine-color-anchor)' } : {})}
    >
      {id}
    </Text>
  )
}
