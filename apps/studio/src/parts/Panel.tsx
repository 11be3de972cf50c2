import { Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useId, type ReactNode } from 'react'

/** A framed part of a page under a heading of its own. */
export function Panel({
  title,
  text,
  actions,
  children,
}: {
  title?: string
  text?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}) {
  const id = useId()
  return (
    <Paper component="section" withBorder p="md" {...(title === undefined ? {} : { 'aria-labelledby': id })}>
      <Stack gap="sm">
        {title === undefined ? null : (
          <Group justify="space-between" gap="sm">
            <Title order={2} id={id}>
              {title}
            </Title>
            {actions}
          </Group>
        )}
        {text ? (
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        ) : null}
        {children}
      </Stack>
    </Paper>
  )
}
