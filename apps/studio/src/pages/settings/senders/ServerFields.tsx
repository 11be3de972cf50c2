import { NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Fields } from '../form/Fields.tsx'
import {
  CHOICES,
  PRESETS,
  SECRETS,
  type PresetId,
  type ServerField,
  type ServerValues,
} from './serverFields.ts'

const EXAMPLES: Partial<Record<`${PresetId}.${ServerField}`, string>> = {
  'ses.region': 'eu-west-1',
  'postmark.stream': 'broadcast',
  'smtp.host': 'smtp.shop.example',
  'smtp.port': '587',
}

/** What a provider wants to be told. */
export function ServerFields({
  preset,
  values,
  isKept,
  errorAt,
  onChange,
}: {
  preset: PresetId
  values: ServerValues
  /** A secret is stored already: left empty, it stays. */
  isKept: boolean
  errorAt: (path: string) => string | undefined
  onChange: (values: ServerValues) => void
}) {
  const { t } = useTranslation('settings')
  return (
    <Fields cols={{ base: 1, xs: 2 }}>
      {PRESETS[preset].fields.map((field) => {
        const error = errorAt(`server.${field}`)
        const shared = {
          label: t(`senders.server.${field}`),
          value: values[field] ?? '',
          onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
            onChange({ ...values, [field]: currentTarget.value }),
          ...(error === undefined ? {} : { error }),
        }
        const choices = CHOICES[`${preset}.${field}`]
        if (choices)
          return (
            <NativeSelect
              key={field}
              {...shared}
              value={values[field] ?? choices[0]}
              data={choices.map((value) => ({
                value,
                label: field === 'tls' ? t(`senders.tls.${value as 'none'}`) : value.toUpperCase(),
              }))}
            />
          )
        if (SECRETS.has(field))
          return (
            <PasswordInput
              key={field}
              {...shared}
              autoComplete="new-password"
              description={t(isKept ? 'senders.secretKept' : 'senders.secretOnce')}
              visibilityToggleButtonProps={{ 'aria-label': t('senders.showSecret') }}
            />
          )
        return (
          <TextInput
            key={field}
            {...shared}
            autoComplete="off"
            inputMode={field === 'port' ? 'numeric' : 'text'}
            placeholder={EXAMPLES[`${preset}.${field}`] ?? ''}
          />
        )
      })}
    </Fields>
  )
}
