import { Button, Stack, Table, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import type { InferResponseType } from 'hono/client'
import { useTranslation } from 'react-i18next'
import type { api } from '../../../api/api.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { PageLink } from '../../../parts/PageLink.tsx'

type ParkedInput = InferResponseType<typeof api.parked.parked.$get>['parked'][number]

/** What a person may do with it; absent where they may only look. */
export interface ParkedActions {
  retry: (id: string) => void
  drop: (id: string) => void
  /** The one that is being tried. */
  tried: string | undefined
}

/** One input that could not be applied: what it is, why, and what can be done about it. */
export function ParkedRow({
  parked: { id, customerId, error, at, input },
  actions,
}: {
  parked: ParkedInput
  actions: ParkedActions | undefined
}) {
  const { t } = useTranslation('settings')
  const { date } = useFormats()
  const name = input.name ?? input.type ?? t('parked.timer')
  const ask = () =>
    modals.openConfirmModal({
      title: t('parked.dropWhich', { name }),
      children: <Text size="sm">{t('parked.dropText')}</Text>,
      labels: { confirm: t('parked.drop'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': t('close') },
      onConfirm: () => actions?.drop(id),
    })
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" lineClamp={2} title={name}>
          {name}
        </Text>
        {customerId === null ? null : (
          <PageLink to="/customers/$customerId" params={{ customerId }} size="xs">
            {t('parked.customer')}
          </PageLink>
        )}
      </Table.Td>
      <Table.Td>
        <Text size="xs" ff="monospace" lineClamp={3} title={error}>
          {error}
        </Text>
      </Table.Td>
      <Table.Td>{date(at)}</Table.Td>
      {actions ? (
        <Table.Td>
          <Stack gap={4}>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('parked.retryWhich', { name })}
              loading={actions.tried === id}
              onClick={() => actions.retry(id)}
            >
              {t('parked.retry')}
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              aria-label={t('parked.dropWhich', { name })}
              onClick={ask}
            >
              {t('parked.drop')}
            </Button>
          </Stack>
        </Table.Td>
      ) : null}
    </Table.Tr>
  )
}
