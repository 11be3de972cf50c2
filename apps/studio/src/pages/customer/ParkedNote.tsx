import { Alert, Button, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { messageOf } from '../../api/apiProblem.ts'
import { ask } from '../../api/ask.ts'
import { useMayAct } from './useMayAct.ts'

/** Why nothing more is applied to a customer, and the way out. */
export function ParkedNote({ id, reason }: { id: string; reason: string }) {
  const { t } = useTranslation('customer')
  const { unpark: mayRelease } = useMayAct()
  const client = useQueryClient()
  const release = useMutation({
    mutationFn: () => ask(api.parked.customers[':id'].unpark.$post({ param: { id } })),
    onSettled: () => void client.invalidateQueries(),
  })
  const failed = release.error ? messageOf(release.error) : release.data?.error
  return (
    <Alert color="orange" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('parked.title')}>
      <Text size="sm">{t('parked.text')}</Text>
      <Text size="sm" ff="monospace" mt={4}>
        {reason}
      </Text>
      {failed ? (
        <Text size="sm" mt={4} role="alert">
          {t('parked.stillFails', { error: failed })}
        </Text>
      ) : null}
      {mayRelease ? (
        <Button
          size="xs"
          variant="default"
          mt="xs"
          loading={release.isPending}
          onClick={() => release.mutate()}
        >
          {t('parked.release')}
        </Button>
      ) : null}
    </Alert>
  )
}
