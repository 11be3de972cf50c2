import { NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { Fields } from '../form/Fields.tsx'
import { SettingsFormFrame } from '../form/SettingsFormFrame.tsx'
import { useSettingsForm } from '../form/useSettingsForm.ts'
import { useDayWord } from '../useDayWord.ts'
import { ConsentPanel } from './ConsentPanel.tsx'
import { TopicsPanel } from './TopicsPanel.tsx'
import { useSendingSentences } from './useSendingSentences.ts'

const NIGHT = { from: '21:00', to: '09:00' }
const USUAL_CAP = { perDay: 1, perWeek: 4 }

/** When marketing goes out, how much of it, and what about. */
export default function SendingPart() {
  const { t } = useTranslation('settings')
  const form = useSettingsForm()
  const dayWord = useDayWord()
  const sentences = useSendingSentences(form.settings)
  const [quiet, cap] = [form.get('quietHours'), form.get('cap')]
  const capError = form.errorAt('cap')
  return (
    <SettingsFormFrame form={form}>
      <Panel title={t('sending.quiet')} text={t('sending.quietText')}>
        <Switch
          label={t('sending.quietOn')}
          checked={quiet !== null}
          onChange={({ currentTarget }) => form.set('quietHours', currentTarget.checked ? NIGHT : null)}
        />
        {quiet ? (
          <Fields cols={2} maw={340}>
            <TextInput type="time" label={t('sending.from')} {...form.text('quietHours.from', '')} />
            <TextInput type="time" label={t('sending.to')} {...form.text('quietHours.to', '')} />
          </Fields>
        ) : null}
        <Sentences of={sentences.quiet} />
      </Panel>
      <Panel title={t('sending.cap')} text={t('sending.capText')}>
        <Switch
          label={t('sending.capOn')}
          checked={cap !== null}
          onChange={({ currentTarget }) => form.set('cap', currentTarget.checked ? USUAL_CAP : null)}
        />
        {cap ? (
          <Fields cols={{ base: 1, xs: 2 }} maw={460}>
            <NumberInput
              label={t('sending.perDay')}
              min={1}
              max={1_000}
              placeholder={t('sending.any')}
              {...form.number('cap.perDay')}
            />
            <NumberInput
              label={t('sending.perWeek')}
              min={1}
              max={1_000}
              placeholder={t('sending.any')}
              {...form.number('cap.perWeek')}
            />
          </Fields>
        ) : null}
        {capError === undefined ? null : (
          <Text size="xs" c="var(--mantine-color-error)">
            {capError}
          </Text>
        )}
        <Sentences of={sentences.cap} />
      </Panel>
      <TopicsPanel form={form} />
      <ConsentPanel form={form} />
      <Panel title={t('sending.exceptions')}>
        <Fields cols={{ base: 1, sm: 2 }}>
          <NumberInput
            label={t('sending.casePause')}
            description={t('sending.casePauseText')}
            min={1}
            {...form.days('casePause')}
          />
          <NumberInput
            label={t('sending.maxAge')}
            description={t('sending.maxAgeText')}
            min={0.05}
            {...form.days('maxAge.marketing')}
          />
          <NumberInput
            label={t('sending.maxAgeTransactional')}
            description={t('sending.maxAgeTransactionalText')}
            min={0.05}
            {...form.days('maxAge.transactional')}
          />
          <NumberInput
            label={t('sending.softBounces')}
            description={t('sending.softBouncesText')}
            min={2}
            max={30}
            suffix={dayWord(form.get('softBounceDays'))}
            {...form.number('softBounceDays')}
          />
          <NumberInput
            label={t('sending.attribution')}
            description={t('sending.attributionText')}
            min={0.05}
            {...form.days('attribution.window')}
          />
          <NumberInput
            label={t('sending.optInExpiry')}
            description={t('sending.optInExpiryText')}
            min={0.05}
            {...form.days('optInExpiry')}
          />
        </Fields>
      </Panel>
    </SettingsFormFrame>
  )
}

/** What settings mean for customers, in plain words. */
function Sentences({ of }: { of: readonly string[] }) {
  return (
    <Stack gap={4} role="status">
      {of.map((sentence) => (
        <Text key={sentence} size="sm">
          {sentence}
        </Text>
      ))}
    </Stack>
  )
}
