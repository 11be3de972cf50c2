import {
  Alert,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  NumberInput,
  PasswordInput,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seenNamesQuery } from '../../segments/segmentQueries.ts'
import { problemIn } from '../form/problemIn.ts'
import { ConditionFields } from './ConditionFields.tsx'
import { FORMATS, type Subscription } from './subscriptionsQuery.ts'
import { changeOf, isAddressSecret, valuesOf } from './subscriptionValues.ts'

/** What every shop has, whether or not it has happened yet. */
const OFTEN = [
  'customer.transition',
  'Order Completed',
  'Order Refunded',
  'Survey Answered',
  'Subscribed',
  'Unsubscribed',
  'Email Bounced',
  'Segment Entered',
]

/** Where what is told to whom: for a new subscription, and for one that there is. */
export function SubscriptionForm({
  subscription,
  isBusy,
  error,
  onSave,
}: {
  subscription?: Subscription
  isBusy: boolean
  error: unknown
  onSave: (change: Record<string, unknown>) => void
}) {
  const { t } = useTranslation('subscriptions')
  const [values, setValues] = useState(() => valuesOf(subscription))
  const set = (changes: Partial<typeof values>) => setValues((before) => ({ ...before, ...changes }))
  const seen = useQuery(seenNamesQuery).data
  const names = [
    ...new Set([
      ...OFTEN,
      ...(seen?.events ?? []).map(({ type, name }) => (type === 'track' ? (name ?? type) : type)),
    ]),
  ]
  const { format } = values
  const isKept = subscription?.format === format && isAddressSecret(format)
  const wrong = problemIn(error)
  const problemOf = (field: string) => (wrong?.path.split('.')[0] === field ? { error: wrong.message } : {})
  const isShown = ['name', 'url', 'token'].includes(wrong?.path ?? '-')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSave(changeOf(values, subscription?.active ?? true))
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('name')}
          required
          maw={480}
          maxLength={100}
          value={values.name}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
          {...problemOf('name')}
        />
        <NativeSelect
          label={t('format')}
          description={t(`formatTexts.${format}`)}
          maw={480}
          value={format}
          onChange={({ currentTarget }) =>
            set({ format: FORMATS.find((one) => one === currentTarget.value) ?? 'standard' })
          }
          data={FORMATS.map((one) => ({ value: one, label: t(`formats.${one}`) }))}
        />
        <TextInput
          label={t('url')}
          description={
            isKept
              ? t('urlKept')
              : t(`urlTexts.${format === 'standard' || format === 'chatwoot' ? format : 'chat'}`)
          }
          type="url"
          required={!isKept}
          maw={480}
          autoComplete="off"
          value={values.url}
          onChange={({ currentTarget }) => set({ url: currentTarget.value })}
          {...problemOf('url')}
        />
        {format === 'chatwoot' ? (
          <>
            <Group gap="sm" grow maw={480}>
              <NumberInput
                label={t('account')}
                required
                min={1}
                allowDecimal={false}
                value={values.account}
                onChange={(account) => set({ account })}
              />
              <NumberInput
                label={t('inbox')}
                required
                min={1}
                allowDecimal={false}
                value={values.inbox}
                onChange={(inbox) => set({ inbox })}
              />
            </Group>
            <PasswordInput
              label={t('token')}
              description={t(subscription?.hasToken ? 'tokenKept' : 'tokenText')}
              required={!subscription?.hasToken}
              maw={480}
              autoComplete="off"
              value={values.token}
              onChange={({ currentTarget }) => set({ token: currentTarget.value })}
              {...problemOf('token')}
            />
          </>
        ) : null}
        <TagsInput
          label={t('events')}
          description={t('eventsText')}
          data={names}
          value={values.events}
          onChange={(events) => set({ events })}
          acceptValueOnBlur
          clearable={false}
          maw={480}
        />
        <Checkbox
          label={t('when')}
          checked={values.when !== null}
          onChange={({ currentTarget }) =>
            set({ when: currentTarget.checked ? { property: 'score', is: 'atMost', value: '6' } : null })
          }
        />
        {values.when ? <ConditionFields value={values.when} onChange={(when) => set({ when })} /> : null}
        {wrong && !isShown ? (
          <Alert color="red" variant="light" role="alert" p="xs">
            {wrong.message}
          </Alert>
        ) : null}
        <Button
          type="submit"
          w="fit-content"
          loading={isBusy}
          {...(subscription ? { variant: 'default' } : {})}
        >
          {t(subscription ? 'save' : 'subscribe')}
        </Button>
      </Stack>
    </form>
  )
}
