import { PasswordInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { problemIn } from '../form/problemIn.ts'
import type { PlatformName } from './connectionsQuery.ts'

/** What each system signs and opens with. */
const SECRETS = {
  shopify: ['secret', 'token'],
  woocommerce: ['secret', 'key', 'keySecret'],
  generic: ['secret'],
} as const satisfies Record<PlatformName, readonly string[]>

export type SecretName = (typeof SECRETS)[PlatformName][number]
export type Secrets = Partial<Record<SecretName, string>>

/** Without those that nobody has filled in. */
export const filledIn = (secrets: Secrets): Secrets =>
  Object.fromEntries(Object.entries(secrets).filter(([, value]) => value.trim() !== ''))

/** The secrets of a system: they are written, and never shown. */
export function SecretFields({
  platform,
  values,
  onChange,
  error,
  isNew,
}: {
  platform: PlatformName
  values: Secrets
  onChange: (values: Secrets) => void
  error: unknown
  isNew: boolean
}) {
  const { t } = useTranslation('connections')
  const wrong = problemIn(error)
  return SECRETS[platform].map((name) => (
    <PasswordInput
      key={name}
      label={t(`secrets.${platform}.${name}` as 'secrets.shopify.secret')}
      description={
        isNew ? t(`secretTexts.${platform}.${name}` as 'secretTexts.shopify.secret') : t('secretKept')
      }
      autoComplete="off"
      maw={480}
      required={isNew && platform === 'shopify' && name === 'secret'}
      value={values[name] ?? ''}
      onChange={({ currentTarget }) => onChange({ ...values, [name]: currentTarget.value })}
      {...(wrong?.path === name ? { error: wrong.message } : {})}
    />
  ))
}
