import { Divider, Select, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useField } from './useField.ts'
import { OptionalAt } from './OptionalAt.tsx'
import { RuleAt } from './RuleAt.tsx'
import { SelectAt } from './fields.tsx'
import { EntryFields } from './EntryFields.tsx'
import { TRIGGER_STARTS, TriggerFields, type TriggerKind } from './TriggerFields.tsx'

const KINDS = [
  ['transition', 'form.kindTransition'],
  ['event', 'form.kindEvent'],
  ['segment', 'form.kindSegment'],
  ['date', 'form.kindDate'],
  ['schedule', 'form.kindSchedule'],
  ['rfm', 'form.kindRfm'],
  ['api', 'form.kindApi'],
] as const

/** What starts the journey, for whom, and how often. */
export function TriggerForm() {
  const { t } = useTranslation('journey')
  const { value, set, error, isReadOnly } = useField<{ kind: TriggerKind }>(['trigger'], false)
  const kind = value?.kind ?? 'api'
  return (
    <Stack gap="md">
      <Select
        label={t('form.triggerKind')}
        value={kind}
        error={error}
        readOnly={isReadOnly}
        allowDeselect={false}
        data={KINDS.map(([name, label]) => ({ value: name, label: t(label) }))}
        onChange={(next) => next !== null && next !== kind && set(TRIGGER_STARTS[next])}
      />
      <TriggerFields key={kind} kind={kind} />
      <Divider />
      <OptionalAt
        path={['entry']}
        label={t('form.entry')}
        about={t('form.entryAbout')}
        without={t('form.entryAll')}
        within={t('form.entryRule')}
        begin={{ kind: 'lifecycle', region: 'permission', states: ['subscribed'] }}
      >
        <RuleAt path={['entry']} label={t('form.entryRule')} />
      </OptionalAt>
      <Divider />
      <EntryFields />
      <SelectAt
        path={['repeat']}
        label={t('form.repeat')}
        about={t('form.repeatAbout')}
        choices={[
          { value: 'ignore', label: t('form.repeatIgnore') },
          { value: 'restart', label: t('form.repeatRestart') },
        ]}
      />
    </Stack>
  )
}
