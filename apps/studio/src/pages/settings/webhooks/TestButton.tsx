import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { useSubscriptionActions } from './useSubscriptionActions.ts'

/** Tells of an invented event, and shows what was answered. */
export function TestButton({ id }: { id: string }) {
  const { t } = useTranslation('subscriptions')
  const { test } = useSubscriptionActions(id)
  const { data, error } = test
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Button
          size="xs"
          variant="default"
          loading={test.isPending}
          onClick={() => test.mutate()}
          leftSection={<IconSend size={16} stroke={1.6} aria-hidden />}
        >
          {t('test')}
        </Button>
        <Text size="xs" c="dimmed">
          {t('testText')}
        </Text>
      </Group>
      {error ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {messageOf(error)}
        </Alert>
      ) : null}
      {data ? (
        <Alert
          color={data.taken ? 'green' : 'orange'}
          variant="light"
          role="status"
          className="any-text"
          title={t(data.taken ? 'taken' : 'notTaken')}
        >
          {[...(data.status === null ? [] : [t('answered', { status: data.status })]), data.answer]
            .filter(Boolean)
            .join(': ')}
        </Alert>
      ) : null}
    </Stack>
  )
}
