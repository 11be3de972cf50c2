import { NativeSelect, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { Fields } from '../form/Fields.tsx'
import { useSettingsForm } from '../form/useSettingsForm.ts'
import { WithPreview } from './WithPreview.tsx'

const TIME_ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
const LANGUAGES = [
  'en',
  'es',
  'pl',
  'ro',
  'de',
  'fr',
  'it',
  'pt',
  'nl',
  'cs',
  'sk',
  'hu',
  'uk',
  'sv',
  'da',
] as const

/** Whose shop it is, and how it counts and speaks. */
export default function ShopPart() {
  const { t, i18n } = useTranslation('settings')
  const form = useSettingsForm()
  const currencyNames = new Intl.DisplayNames([i18n.language], { type: 'currency' })
  const languageNames = new Intl.DisplayNames([i18n.language], { type: 'language' })
  const locale = form.choice('locale')
  const languages = [...new Set([...LANGUAGES, locale.value])]
  return (
    <WithPreview form={form}>
      <Panel title={t('shop.who')}>
        <TextInput label={t('shop.name')} description={t('shop.nameText')} {...form.text('shop.name', '')} />
        <TextInput
          type="url"
          label={t('shop.url')}
          description={t('shop.urlText')}
          placeholder="https://shop.example"
          {...form.text('shop.url', '')}
        />
        <Textarea
          label={t('shop.address')}
          description={t('shop.addressText')}
          autosize
          minRows={2}
          maxRows={6}
          {...form.text('shop.address')}
        />
      </Panel>
      <Panel title={t('shop.how')}>
        <Fields cols={{ base: 1, sm: 2 }}>
          <Select
            label={t('shop.timeZone')}
            description={t('shop.timeZoneText')}
            searchable
            limit={100}
            allowDeselect={false}
            nothingFoundMessage={t('nothingFound')}
            data={TIME_ZONES}
            {...form.choice('shop.timeZone')}
          />
          <Select
            label={t('shop.currency')}
            description={t('shop.currencyText')}
            searchable
            limit={200}
            allowDeselect={false}
            nothingFoundMessage={t('nothingFound')}
            data={Intl.supportedValuesOf('currency').map((value) => ({
              value,
              label: `${value} · ${currencyNames.of(value) ?? value}`,
            }))}
            {...form.choice('currency')}
          />
          <NativeSelect
            label={t('shop.locale')}
            description={t('shop.localeText')}
            name={locale.name}
            value={locale.value}
            onChange={({ currentTarget }) => locale.onChange(currentTarget.value)}
            data={languages.map((value) => ({ value, label: languageNames.of(value) ?? value }))}
          />
          <NativeSelect
            label={t('shop.formality')}
            description={t('shop.formalityText')}
            name="formality"
            value={form.get('formality')}
            onChange={({ currentTarget }) => form.choice('formality').onChange(currentTarget.value)}
            data={(['informal', 'formal'] as const).map((value) => ({ value, label: t(`shop.${value}`) }))}
          />
        </Fields>
        <Switch label={t('shop.weekly')} description={t('shop.weeklyText')} {...form.flag('weeklyReport')} />
      </Panel>
    </WithPreview>
  )
}
