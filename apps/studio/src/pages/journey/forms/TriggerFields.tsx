import type { Journey, Region } from '@ciclo/engine'
import { Select, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { RFM, STATES } from '../../segments/rule/vocabulary.ts'
import { DateFields } from './DateFields.tsx'
import { EventAt } from './EventAt.tsx'
import { SelectAt } from './fields.tsx'
import { ScheduleFields } from './ScheduleFields.tsx'
import { useSegmentChoices } from './useChoices.ts'
import { useField } from './useField.ts'

export type TriggerKind = Journey['trigger']['kind']

/** What a trigger of each kind begins with. */
export const TRIGGER_STARTS: Readonly<Record<TriggerKind, object>> = {
  transition: { kind: 'transition', region: 'stage', to: 'lapsed' },
  event: { kind: 'event', name: 'Product Added' },
  rfm: { kind: 'rfm', to: 'champions' },
  segment: { kind: 'segment', segment: 'vip', to: 'in' },
  date: { kind: 'date', date: { of: 'trait', path: ['birthday'], yearly: true } },
  schedule: {
    kind: 'schedule',
    every: { unit: 'month', day: 1 },
    rule: { kind: 'lifecycle', region: 'permission', states: ['subscribed'] },
  },
  api: { kind: 'api' },
}

const REGIONS = Object.keys(STATES) as Region[]

function TransitionFields() {
  const { t } = useTranslation(['journey', 'states'])
  const { value, set, isReadOnly } = useField<{ region: Region }>(['trigger'], false)
  const region = value?.region ?? 'stage'
  const states = STATES[region].map((state) => ({
    value: state as string,
    label: t(`${region}.${state}` as 'stage.visitor', { ns: 'states' }),
  }))
  return (
    <>
      <Select
        label={t('form.region')}
        value={region}
        allowDeselect={false}
        readOnly={isReadOnly}
        data={REGIONS.map((name) => ({ value: name, label: t(`region.${name}`, { ns: 'states' }) }))}
        onChange={(next) =>
          next !== null && next !== region && set({ kind: 'transition', region: next, to: STATES[next][1] })
        }
      />
      <SelectAt
        path={['trigger', 'to']}
        label={t('form.toState')}
        choices={states}
        none={t('form.anyState')}
      />
      <SelectAt
        path={['trigger', 'from']}
        label={t('form.fromState')}
        choices={states}
        none={t('form.anyState')}
      />
    </>
  )
}

function SegmentFields() {
  const { t } = useTranslation('journey')
  const segments = useSegmentChoices()
  return (
    <>
      <SelectAt path={['trigger', 'segment']} label={t('form.segment')} choices={segments} isSearchable />
      <SelectAt
        path={['trigger', 'to']}
        label={t('form.segmentTo')}
        choices={[
          { value: 'in', label: t('form.segmentIn') },
          { value: 'out', label: t('form.segmentOut') },
        ]}
      />
    </>
  )
}

/** The fields of a trigger of each kind. */
export function TriggerFields({ kind }: { kind: TriggerKind }): ReactNode {
  const { t } = useTranslation(['journey', 'segments'])
  switch (kind) {
    case 'transition':
      return <TransitionFields />
    case 'event':
      return <EventAt path={['trigger']} />
    case 'segment':
      return <SegmentFields />
    case 'rfm':
      return (
        <SelectAt
          path={['trigger', 'to']}
          label={t('form.group')}
          choices={RFM.map((value) => ({ value, label: t(`rfm.${value}`, { ns: 'segments' }) }))}
        />
      )
    case 'date':
      return <DateFields />
    case 'schedule':
      return <ScheduleFields />
    case 'api':
      break
  }
  return (
    <Text size="sm" c="dimmed">
      {t('form.apiAbout')}
    </Text>
  )
}
