import { Radio, Stack, Switch, TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { SettingsFormFrame } from '../form/SettingsFormFrame.tsx'
import { useSettingsForm } from '../form/useSettingsForm.ts'
import { useMayChange } from '../useMayChange.ts'

const OPENS = ['off', 'last-open', 'full'] as const
const VISITS = ['opt-out', 'opt-in'] as const

/** What is collected of visitors and readers, and from whose pages. */
export default function TrackingPart() {
  const { t } = useTranslation('settings')
  const form = useSettingsForm()
  const origins = form.errorAt('allowedOrigins')
  // Who changes it decides what is believed of browsers.
  const maySecure = useMayChange('security')
  return (
    <SettingsFormFrame form={form}>
      <Panel title={t('tracking.visits')}>
        <Radio.Group
          aria-label={t('tracking.visits')}
          value={form.get('consent.tracking')}
          onChange={form.choice('consent.tracking').onChange}
        >
          <Stack gap="sm">
            {VISITS.map((value) => (
              <Radio
                key={value}
                value={value}
                label={t(`tracking.visit.${value}.label`)}
                description={t(`tracking.visit.${value}.text`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <TagsInput
          label={t('tracking.origins')}
          description={t('tracking.originsText')}
          placeholder="https://shop.example"
          value={form.get('allowedOrigins')}
          onChange={(value) => form.set('allowedOrigins', value)}
          splitChars={[',', ' ']}
          acceptValueOnBlur
          clearable={false}
          disabled={!maySecure}
          {...(origins === undefined ? {} : { error: origins })}
        />
      </Panel>
      <Panel title={t('tracking.opens')} text={t('tracking.opensText')}>
        <Radio.Group
          aria-label={t('tracking.opens')}
          value={form.get('openTracking')}
          onChange={form.choice('openTracking').onChange}
        >
          <Stack gap="sm">
            {OPENS.map((value) => (
              <Radio
                key={value}
                value={value}
                label={t(`tracking.open.${value}.label`)}
                description={t(`tracking.open.${value}.text`)}
              />
            ))}
          </Stack>
        </Radio.Group>
      </Panel>
      <Panel title={t('tracking.orders')}>
        <Switch
          label={t('tracking.browserOrders')}
          description={t('tracking.browserOrdersText')}
          disabled={!maySecure}
          {...form.flag('browserOrdersAreRevenue')}
        />
        <Switch
          label={t('tracking.utm')}
          description={t('tracking.utmText')}
          {...form.flag('linkAttribution')}
        />
      </Panel>
    </SettingsFormFrame>
  )
}
