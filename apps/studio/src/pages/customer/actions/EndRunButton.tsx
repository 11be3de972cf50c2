import { Button, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useTranslation } from 'react-i18next'
import { ask } from '../../../api/ask.ts'
import { runsApi } from '../customerApi.ts'
import { sayDone, useCustomerChange } from './useCustomerChange.ts'

/** Ends a run by hand, once it is confirmed. */
export function EndRunButton({
  customerId,
  runId,
  name,
}: {
  customerId: string
  runId: string
  name: string
}) {
  const { t } = useTranslation('customer')
  const end = useCustomerChange(
    customerId,
    () => ask(runsApi[':id'].$delete({ param: { id: encodeURIComponent(runId) } })),
    () => sayDone(t('journeys.ended', { name })),
  )
  const confirm = () =>
    modals.openConfirmModal({
      title: t('journeys.endTitle', { name }),
      children: <Text size="sm">{t('journeys.endText')}</Text>,
      labels: { confirm: t('journeys.end'), cancel: t('actions.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => end.mutate(undefined),
    })
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={end.isPending}
      onClick={confirm}
      aria-label={t('journeys.endOf', { name })}
    >
      {t('journeys.end')}
    </Button>
  )
}
