import { Alert, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask } from '../../../api/ask.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Failure } from '../../../shell/Failure.tsx'
import { dataApi } from '../customerApi.ts'
import { customerKey, type CustomerDetail } from '../customerQueries.ts'
import { DialogButtons } from './DialogButtons.tsx'
import { sayDone, useCustomerChange } from './useCustomerChange.ts'

const eraseOf = (id: string, dryRun: boolean) =>
  ask(
    dataApi.customers[':id'].$delete({
      param: { id: encodeURIComponent(id) },
      query: { dryRun: dryRun ? 'true' : 'false' },
    }),
  )

/** Erases a person, once it is said what goes and their name was typed. */
export function EraseDialog({ customer, onClose }: { customer: CustomerDetail; onClose: () => void }) {
  const { t } = useTranslation('customer')
  const formats = useFormats()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { id, email, userId } = customer
  const word = email ?? userId ?? id.slice(-8)
  const [typed, setTyped] = useState('')
  const preview = useQuery({
    queryKey: ['erasure', id],
    queryFn: () => eraseOf(id, true),
    staleTime: 0,
    gcTime: 0,
  })
  const erase = useCustomerChange(
    id,
    () => eraseOf(id, false),
    () => {
      sayDone(t('erase.done'))
      void navigate({ to: '/customers' }).then(() => queryClient.removeQueries({ queryKey: customerKey(id) }))
    },
  )
  const rows = Object.values(preview.data?.removed ?? {}).reduce((sum, count) => sum + count, 0)
  return (
    <Modal opened onClose={onClose} title={t('erase.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (typed.trim() === word) erase.mutate(undefined)
        }}
      >
        <Stack gap="sm">
          <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden />}>
            {t('erase.warning')}
          </Alert>
          {preview.error ? <Failure error={preview.error} /> : null}
          {preview.data ? (
            <Text size="sm">
              {t('erase.rows', { count: rows, rows: formats.number(rows) })}{' '}
              {t('erase.customers', { count: preview.data.customers.length })}
            </Text>
          ) : preview.error ? null : (
            <Skeleton height={20} aria-busy="true" />
          )}
          <TextInput
            label={t('erase.type', { word })}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
        </Stack>
        <DialogButtons
          label={t('erase.erase')}
          color="red"
          isBusy={erase.isPending}
          isDisabled={typed.trim() !== word || preview.data === undefined}
          onCancel={onClose}
        />
      </form>
    </Modal>
  )
}
