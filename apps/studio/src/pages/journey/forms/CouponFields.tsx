import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Path } from '../model/valueAtPath.ts'
import { DurationAt, SelectAt, TextAt } from './fields.tsx'
import { usePoolChoices } from './useChoices.ts'
import { useField } from './useField.ts'

/** A code: one of a pool, or the same for everybody. */
export function CouponFields({ path }: { path: Path }) {
  const { t } = useTranslation('journey')
  const pools = usePoolChoices()
  const from = useField<{ pool: string } | { code: string }>([...path, 'from'], false)
  const kind = from.value && 'pool' in from.value ? 'pool' : 'code'
  return (
    <>
      <Select
        label={t('form.couponKind')}
        value={kind}
        error={from.error}
        readOnly={from.isReadOnly}
        allowDeselect={false}
        data={[
          { value: 'pool', label: t('form.pool') },
          { value: 'code', label: t('form.code') },
        ]}
        onChange={(next) =>
          next !== kind &&
          from.set(next === 'pool' ? { pool: pools[0]?.value ?? 'coupons' } : { code: 'WELCOME-10' })
        }
      />
      {kind === 'pool' ? (
        <SelectAt path={[...path, 'from', 'pool']} label={t('form.poolName')} choices={pools} />
      ) : (
        <TextAt path={[...path, 'from', 'code']} label={t('form.codeText')} />
      )}
      <DurationAt
        path={[...path, 'validFor']}
        label={t('form.validFor')}
        about={t('form.validForAbout')}
        none={t('form.forever')}
      />
    </>
  )
}
