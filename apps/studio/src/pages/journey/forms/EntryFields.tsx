import type { Journey } from '@ciclo/engine'
import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DurationAt, SelectAt } from './fields.tsx'
import { PathAt } from './PathAt.tsx'
import { useField } from './useField.ts'

type Key = NonNullable<Journey['key']>

const DAY = 86_400_000

/** What there is one run each of, and when somebody may come in again. */
export function EntryFields() {
  const { t } = useTranslation('journey')
  const key = useField<Key>(['key'])
  const reentry = useField<Journey['reentry']>(['reentry'], false)
  const keyKind = key.value === undefined ? 'customer' : typeof key.value === 'string' ? key.value : 'path'
  const kind = reentry.value?.kind ?? 'never'
  const per = reentry.value?.per ?? 'key'
  const isAfter = kind === 'after' || kind === 'afterEnd'
  return (
    <>
      <Select
        label={t('form.key')}
        description={t('form.keyAbout')}
        value={keyKind}
        error={key.error}
        readOnly={key.isReadOnly}
        allowDeselect={false}
        data={[
          { value: 'customer', label: t('form.keyNone') },
          { value: 'cart', label: t('form.keyCart') },
          { value: 'checkout', label: t('form.keyCheckout') },
          { value: 'order', label: t('form.keyOrder') },
          { value: 'path', label: t('form.keyPath') },
        ]}
        onChange={(next) =>
          next !== null &&
          next !== keyKind &&
          key.set(next === 'customer' ? undefined : next === 'path' ? { path: ['id'] } : next)
        }
      />
      {keyKind === 'path' ? <PathAt path={['key', 'path']} label={t('form.keyPathName')} /> : null}
      <Select
        label={t('form.reentry')}
        value={kind}
        error={reentry.error}
        readOnly={reentry.isReadOnly}
        allowDeselect={false}
        data={[
          { value: 'never', label: t('form.reentryNever') },
          { value: 'always', label: t('form.reentryAlways') },
          { value: 'after', label: t('form.reentryAfter') },
          { value: 'afterEnd', label: t('form.reentryAfterEnd') },
        ]}
        onChange={(next) =>
          next !== null &&
          next !== kind &&
          reentry.set({
            kind: next,
            per,
            ...(next === 'after' || next === 'afterEnd' ? { duration: 30 * DAY } : {}),
          })
        }
      />
      {isAfter ? <DurationAt path={['reentry', 'duration']} label={t('form.duration')} /> : null}
      {key.value === undefined ? null : (
        <SelectAt
          path={['reentry', 'per']}
          label={t('form.per')}
          choices={[
            { value: 'key', label: t('form.perKey') },
            { value: 'customer', label: t('form.perCustomer') },
          ]}
        />
      )}
    </>
  )
}
