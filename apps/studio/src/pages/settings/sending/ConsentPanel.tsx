import { Checkbox, Select, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import type { SettingsForm } from '../form/useSettingsForm.ts'
import { COUNTRIES } from './countries.ts'

const BASES = ['consent', 'existing-customer', 'opt-out-regime'] as const

/** What marketing mail may rest on. */
export function ConsentPanel({ form }: { form: SettingsForm }) {
  const { t, i18n } = useTranslation('settings')
  const names = new Intl.DisplayNames([i18n.language], { type: 'region' })
  const error = form.errorAt('consent.bases')
  return (
    <Panel title={t('consent.title')} text={t('consent.text')}>
      <Select
        label={t('consent.country')}
        description={t('consent.countryText')}
        maw={360}
        searchable
        clearable
        limit={300}
        nothingFoundMessage={t('nothingFound')}
        clearButtonProps={{ 'aria-label': t('consent.clearCountry') }}
        data={COUNTRIES.map((value) => ({ value, label: names.of(value) ?? value })).toSorted((one, other) =>
          one.label.localeCompare(other.label, i18n.language),
        )}
        value={form.get('consent.country') ?? null}
        onChange={(value) => form.set('consent.country', value ?? undefined)}
      />
      <Checkbox.Group
        label={t('consent.bases')}
        value={form.get('consent.bases')}
        onChange={(value) =>
          form.set(
            'consent.bases',
            BASES.filter((basis) => value.includes(basis)),
          )
        }
        {...(error === undefined ? {} : { error })}
      >
        <Stack gap="xs" mt="xs">
          {BASES.map((basis) => (
            <Checkbox
              key={basis}
              value={basis}
              disabled={basis === 'consent'}
              label={t(`consent.basis.${basis}.label`)}
              description={t(`consent.basis.${basis}.text`)}
            />
          ))}
        </Stack>
      </Checkbox.Group>
    </Panel>
  )
}
