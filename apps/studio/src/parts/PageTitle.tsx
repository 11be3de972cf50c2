import { Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'

const LONG = 80

/** A page's one heading, what it is in a sentence, and what can be done on it. Names the browser's tab as well. */
export function PageTitle({
  title,
  text,
  actions,
}: {
  title: string
  text?: ReactNode
  actions?: ReactNode
}) {
  useDocumentTitle(`${title} · Ciclo`)
  return (
    <Group justify="space-between" align="flex-start" gap="sm" mb="md">
      <Stack gap={2} maw={720} miw={0}>
        {/* Names of customers may be any text, and any length of it. */}
        <Title order={1} lineClamp={3} {...(title.length > LONG ? { title } : {})} className="any-text">
          {title}
        </Title>
        {text ? (
          <Text c="dimmed" size="sm" component="div" className="any-text">
            {text}
          </Text>
        ) : null}
      </Stack>
      {actions ? <Group gap="xs">{actions}</Group> : null}
    </Group>
  )
}
