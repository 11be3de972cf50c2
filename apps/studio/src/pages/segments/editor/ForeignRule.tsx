import { Code, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** What the builder has no fields for, as it was written. */
export function ForeignRule({ rule }: { rule: unknown }) {
  const { t } = useTranslation('segments')
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        {t('foreign.text')}
      </Text>
      <Code block tabIndex={0} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {JSON.stringify(rule, null, 2)}
      </Code>
    </Stack>
  )
}
