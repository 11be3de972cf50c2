import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { CopyValue } from '../CopyValue.tsx'
import { RecordCheck } from './RecordCheck.tsx'
import type { Sender } from './sendersQuery.ts'
import type { SenderActions } from './useSenderActions.ts'

/** What receivers look up of a sender: which records to set, and which are seen. */
export function RecordsPanel({
  sender,
  actions: { check, makeKey },
  mayCheck,
  mayChange,
}: {
  sender: Sender
  actions: SenderActions
  mayCheck: boolean
  mayChange: boolean
}) {
  const { t } = useTranslation('settings')
  const { relative } = useFormats()
  const seen = sender.check
  const failed = check.error ?? makeKey.error
  const isSigned = sender.dkim !== null
  return (
    <Panel
      title={t('records.title')}
      text={t('records.text')}
      actions={
        mayCheck ? (
          <Button
            size="xs"
            variant={seen ? 'default' : 'filled'}
            loading={check.isPending}
            leftSection={<IconRefresh size={16} stroke={1.6} aria-hidden />}
            onClick={() => check.mutate()}
          >
            {t(seen ? 'records.again' : 'records.check')}
          </Button>
        ) : null
      }
    >
      {failed ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {messageOf(failed)}
        </Alert>
      ) : null}
      <Text size="sm" role="status">
        {seen
          ? t(seen.ok ? 'records.well' : 'records.blocked', { when: relative(seen.at) })
          : t('records.unchecked')}
      </Text>
      {seen ? (
        <Stack component="ul" gap="sm" m={0} p={0}>
          {seen.records.map((record) => (
            <RecordCheck key={`${record.check} ${record.lookedUp.join(' ')}`} record={record} />
          ))}
        </Stack>
      ) : sender.dkim?.record ? (
        <Stack gap={6}>
          <Text size="xs" fw={600}>
            {t('records.set', { type: sender.dkim.record.type })}
          </Text>
          <CopyValue label={t('records.nameOf', { record: 'DKIM' })} value={sender.dkim.record.name} />
          <CopyValue label={t('records.valueOf', { record: 'DKIM' })} value={sender.dkim.record.value} />
        </Stack>
      ) : null}
      {mayChange && !sender.isInstallation && sender.status !== 'live' ? (
        <Group gap="xs">
          <Button size="xs" variant="default" loading={makeKey.isPending} onClick={() => makeKey.mutate()}>
            {t(isSigned ? 'records.newKey' : 'records.makeKey')}
          </Button>
          <Text size="xs" c="dimmed">
            {t('records.keyText')}
          </Text>
        </Group>
      ) : null}
    </Panel>
  )
}
