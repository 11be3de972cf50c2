import { NumberInput, Radio, Stack, Switch, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { useSession } from '../../../session/useSession.ts'
import { Fields } from '../form/Fields.tsx'
import { SettingsFormFrame } from '../form/SettingsFormFrame.tsx'
import { useSettingsForm } from '../form/useSettingsForm.ts'
import { EffectPanel } from './EffectPanel.tsx'
import { GapCurve } from './GapCurve.tsx'

const MODES = ['curve', 'fixed'] as const

const minorUnitsOf = (currency: string) =>
  10 **
  (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)

/** When a customer is at risk, lapsed, lost, a VIP or cold; and whom a change would move, before it is saved. */
export default function ThresholdsPart() {
  const { t } = useTranslation('settings')
  const form = useSettingsForm()
  const { currency } = useSession().workspace
  const [limits, gaps] = [form.errorAt('limits'), form.errorAt('gaps')]
  const isFixed = form.get('gaps.mode') === 'fixed'
  const share = form.get('vipShare')
  return (
    <SettingsFormFrame form={form}>
      <Panel title={t('thresholds.stages')} text={t('thresholds.stagesText')}>
        <Radio.Group
          aria-label={t('thresholds.mode')}
          value={form.get('gaps.mode')}
          onChange={form.choice('gaps.mode').onChange}
        >
          <Stack gap="sm">
            {MODES.map((value) => (
              <Radio
                key={value}
                value={value}
                label={t(`thresholds.modes.${value}.label`)}
                description={t(`thresholds.modes.${value}.text`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {isFixed ? null : (
          <>
            <GapCurve atRisk={form.get('gaps.atRiskPercentile')} lapsed={form.get('gaps.lapsedPercentile')} />
            <Fields cols={{ base: 1, xs: 2 }}>
              <NumberInput
                label={t('thresholds.atRiskPercentile')}
                description={t('thresholds.percentileText')}
                suffix=" %"
                min={1}
                max={99}
                {...form.number('gaps.atRiskPercentile')}
              />
              <NumberInput
                label={t('thresholds.lapsedPercentile')}
                description={t('thresholds.percentileText')}
                suffix=" %"
                min={1}
                max={99}
                {...form.number('gaps.lapsedPercentile')}
              />
              <NumberInput
                label={t('thresholds.lostFactor')}
                description={t('thresholds.lostFactorText')}
                step={0.5}
                decimalScale={2}
                {...form.number('gaps.lostFactor')}
              />
              <NumberInput
                label={t('thresholds.priorWeight')}
                description={t('thresholds.priorWeightText')}
                step={1}
                {...form.number('gaps.priorWeight')}
              />
            </Fields>
            <Wrong message={gaps} />
          </>
        )}
        <Text size="sm" fw={600}>
          {t(isFixed ? 'thresholds.fixedLimits' : 'thresholds.coldStart')}
        </Text>
        <Fields cols={{ base: 1, xs: 3 }}>
          {(['atRisk', 'lapsed', 'lost'] as const).map((limit) => (
            <NumberInput
              key={limit}
              label={t(`thresholds.limits.${limit}`)}
              min={1}
              {...form.days(`limits.${limit}`)}
            />
          ))}
        </Fields>
        <Wrong message={limits} />
      </Panel>
      <Panel title={t('thresholds.vip')} text={t('thresholds.vipText')}>
        <Switch
          label={t('thresholds.vipByShare')}
          description={t('thresholds.vipByShareText')}
          checked={share !== null}
          onChange={({ currentTarget }) => form.set('vipShare', currentTarget.checked ? 0.1 : null)}
        />
        <Fields cols={{ base: 1, xs: 2 }}>
          {share === null ? null : (
            <NumberInput
              label={t('thresholds.vipShare')}
              suffix=" %"
              min={0.1}
              max={99}
              {...form.number('vipShare', 0.01)}
            />
          )}
          <NumberInput
            label={t(share === null ? 'thresholds.vipLine' : 'thresholds.vipLineUntil')}
            suffix={` ${form.get('currency') || currency}`}
            min={0.01}
            {...form.number('vipLine', minorUnitsOf(currency ?? 'EUR'))}
          />
        </Fields>
      </Panel>
      <Panel title={t('thresholds.engagement')} text={t('thresholds.engagementText')}>
        <Fields cols={{ base: 1, xs: 3 }}>
          <NumberInput label={t('thresholds.warmFor')} min={1} {...form.days('engagement.warmFor')} />
          <NumberInput label={t('thresholds.coldAfter')} min={1} {...form.days('engagement.coldAfter')} />
          <NumberInput
            label={t('thresholds.coldReceived')}
            min={1}
            {...form.number('engagement.coldReceived')}
          />
        </Fields>
      </Panel>
      <EffectPanel form={form} />
    </SettingsFormFrame>
  )
}

function Wrong({ message }: { message: string | undefined }) {
  return message === undefined ? null : (
    <Text size="xs" c="var(--mantine-color-error)">
      {message}
    </Text>
  )
}
