import { Alert, Checkbox, Modal, Radio, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../../api/apiProblem.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { Failure } from '../../../shell/Failure.tsx'
import { suppressionsApi } from '../customerApi.ts'
import { suppressionQuery, type CustomerDetail } from '../customerQueries.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { isKnownSuppression } from '../mail/mailWords.ts'
import { DialogButtons } from './DialogButtons.tsx'
import { sayDone, useCustomerChange } from './useCustomerChange.ts'

const REASONS = ['unsubscribed', 'complaint', 'bounce'] as const
const FEWEST = 3

/** Puts the customer's address on the suppression list, or takes it off. */
export function SuppressDialog({
  customer,
  address,
  onClose,
}: {
  customer: CustomerDetail
  address: string
  onClose: () => void
}) {
  const { t } = useTranslation('customer')
  const formats = useFormats()
  const { data: listed, error } = useQuery(suppressionQuery(customer.id, address))
  const [reason, setReason] = useState<string>('unsubscribed')
  const [because, setBecause] = useState('')
  const [isForced, setForced] = useState(false)
  const isUnlisted = error instanceof ApiProblem && error.status === 404
  const done = (message: string) => () => {
    sayDone(message)
    onClose()
  }
  const put = useCustomerChange(
    customer.id,
    () => ask(suppressionsApi.index.$post(undefined, withBody({ address, reason, because }))),
    done(t('suppress.done', { address })),
  )
  const lift = useCustomerChange(
    customer.id,
    () => ask(suppressionsApi.remove.$post(undefined, withBody({ address, because, force: isForced }))),
    done(t('suppress.lifted', { address })),
  )
  const isKept = listed?.reason === 'complaint' || listed?.reason === 'erased'
  const isReady = because.trim().length >= FEWEST && (!isKept || isForced)
  return (
    <Modal opened onClose={onClose} title={t(listed ? 'suppress.liftTitle' : 'suppress.title')}>
      {!listed && !isUnlisted ? (
        error ? (
          <Failure error={error} />
        ) : (
          <Skeleton height={120} aria-busy="true" />
        )
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (listed) lift.mutate(undefined)
            else put.mutate(undefined)
          }}
        >
          <Stack gap="sm">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {address}
            </Text>
            {listed ? (
              <Text size="sm">
                {[
                  isKnownSuppression(listed.reason) ? t(`mail.suppressedBy.${listed.reason}`) : listed.reason,
                  t('mail.since', { date: formats.date(listed.at) }),
                  listed.detail ?? undefined,
                ]
                  .filter((part) => part !== undefined)
                  .join(' · ')}
              </Text>
            ) : (
              <Radio.Group label={t('suppress.why')} value={reason} onChange={setReason}>
                <Stack gap={6} mt={6}>
                  {REASONS.map((one) => (
                    <Radio
                      key={one}
                      value={one}
                      label={t(`suppress.reasons.${one}.label`)}
                      description={t(`suppress.reasons.${one}.text`)}
                    />
                  ))}
                </Stack>
              </Radio.Group>
            )}
            {isKept ? (
              <Alert color="orange" title={t('suppress.kept')}>
                <Checkbox
                  label={t('suppress.force')}
                  checked={isForced}
                  onChange={({ currentTarget }) => setForced(currentTarget.checked)}
                />
              </Alert>
            ) : null}
            <TextInput
              label={t('suppress.because')}
              description={t('suppress.becauseText')}
              required
              minLength={FEWEST}
              value={because}
              onChange={({ currentTarget }) => setBecause(currentTarget.value)}
              data-autofocus
            />
          </Stack>
          <DialogButtons
            label={t(listed ? 'suppress.lift' : 'suppress.put')}
            {...(listed ? {} : { color: 'red' })}
            isBusy={put.isPending || lift.isPending}
            isDisabled={!isReady}
            onCancel={onClose}
          />
        </form>
      )}
    </Modal>
  )
}
