import { Alert, Anchor, Button, Group, List, Text, TextInput, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { download } from './download.ts'
import { ExportEverything } from './ExportEverything.tsx'

/** All that is stored of one person, and where lists of many are. */
export function ExportPanel() {
  const { t } = useTranslation('settings')
  const [email, setEmail] = useState('')
  const one = useMutation({
    mutationFn: (address: string) =>
      download(`/api/export?${new URLSearchParams({ email: address }).toString()}`, 'customer.json'),
  })
  return (
    <Panel title={t('export.title')} text={t('export.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          one.mutate(email.trim())
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            type="email"
            required
            flex="1 1 220px"
            maw={360}
            label={t('export.email')}
            value={email}
            onChange={({ currentTarget }) => setEmail(currentTarget.value)}
          />
          <Button
            type="submit"
            variant="default"
            loading={one.isPending}
            leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
          >
            {t('export.person')}
          </Button>
        </Group>
      </form>
      {one.error ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {messageOf(one.error)}
        </Alert>
      ) : null}
      <List size="sm" spacing={4}>
        <List.Item>
          <Anchor href="/api/suppressions/export" download size="sm">
            {t('export.suppressions')}
          </Anchor>
        </List.Item>
        <List.Item>
          <Anchor component={Link} to="/customers" size="sm">
            {t('export.customers')}
          </Anchor>
        </List.Item>
      </List>
      <Title order={3} size="h5" mt="sm">
        {t('export.all')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('export.allText')}
      </Text>
      <ExportEverything />
      <Text size="xs" c="dimmed">
        {t('export.noted')}
      </Text>
    </Panel>
  )
}
