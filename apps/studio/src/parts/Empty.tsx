import { Stack, Text, ThemeIcon } from '@mantine/core'
import type { ReactNode } from 'react'

/** What stands where there is nothing yet: what would be here, and the way to it. */
export function Empty({
  icon,
  title,
  text,
  action,
}: {
  icon?: ReactNode
  title: string
  text?: ReactNode
  action?: ReactNode
}) {
  return (
    <Stack align="center" gap="xs" py="xl" ta="center">
      {icon ? (
        <ThemeIcon variant="light" size={44} radius="xl">
          {icon}
        </ThemeIcon>
      ) : null}
      <Text fw={600}>{title}</Text>
      {text ? (
        <Text size="sm" c="dimmed" maw={440}>
          {text}
        </Text>
      ) : null}
      {action}
    </Stack>
  )
}
