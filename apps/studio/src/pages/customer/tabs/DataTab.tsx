import { Code, CopyButton, Button, Group, List, Stack, Text, Title } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { DataRights } from '../actions/DataRights.tsx'
import type { CustomerDetail } from '../customerQueries.ts'
import { Properties } from '../timeline/Properties.tsx'

/** Traits, identities and merges as they are stored, and what people may ask of their data. */
export function DataTab({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation('customer')
  const formats = useFormats()
  const { id, traits, identities, merges } = customer
  return (
    <Stack gap="lg">
      <div>
        <Title order={3} mb="xs">
          {t('data.id')}
        </Title>
        <Group gap="xs">
          <Code>{id}</Code>
          <CopyButton value={id}>
            {({ copied, copy }) => (
              <Button
                size="compact-xs"
                variant="default"
                onClick={copy}
                leftSection={
                  copied ? <IconCheck size={12} aria-hidden /> : <IconCopy size={12} aria-hidden />
                }
              >
                {t(copied ? 'data.copied' : 'data.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
      </div>
      <div>
        <Title order={3} mb="xs">
          {t('data.traits')}
        </Title>
        {Object.keys(traits).length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('data.noTraits')}
          </Text>
        ) : (
          <Properties values={traits} />
        )}
      </div>
      <div>
        <Title order={3} mb="xs">
          {t('data.identities')}
        </Title>
        <List size="sm">
          {identities.map(({ kind, value }) => (
            <List.Item key={`${kind} ${value}`} style={{ overflowWrap: 'anywhere' }}>
              {t(`data.kinds.${kind}`)}: <Code>{value}</Code>
            </List.Item>
          ))}
        </List>
      </div>
      {merges.length > 0 ? (
        <div>
          <Title order={3} mb="xs">
            {t('data.merges')}
          </Title>
          <List size="sm">
            {merges.map(({ customerId, at, by }) => (
              <List.Item key={customerId} style={{ overflowWrap: 'anywhere' }}>
                {t('data.merged', { id: customerId, date: formats.dateTime(at) })}{' '}
                {by.map(({ kind, value }) => `${t(`data.kinds.${kind}`)} ${value}`).join(' · ')}
              </List.Item>
            ))}
          </List>
        </div>
      ) : null}
      <DataRights customer={customer} />
    </Stack>
  )
}
