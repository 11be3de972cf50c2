import { Button, Group, Stack, Text } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Trans, useTranslation } from 'react-i18next'
import { Snippet } from '../Snippet.tsx'

const COMMAND = 'npm run ciclo -- import orders orders.csv'

/** Ways to bring in what customers have bought before. */
export function OrdersStep() {
  const { t } = useTranslation('guide')
  return (
    <Stack gap="md">
      <Group>
        <Button
          renderRoot={(props) => <Link to="/settings/{-$part}" params={{ part: 'data' }} {...props} />}
          leftSection={<IconFileImport size={18} stroke={1.6} aria-hidden />}
        >
          {t('steps.orders.upload')}
        </Button>
      </Group>
      <Stack gap="xs">
        <Text size="sm">{t('steps.orders.command')}</Text>
        <Snippet label={t('steps.orders.command')} code={COMMAND} />
      </Stack>
      <Text size="sm" c="dimmed" maw={640}>
        <Trans ns="guide" i18nKey="steps.orders.columns" t={t} components={{ code: <code /> }} />
      </Text>
    </Stack>
  )
}
