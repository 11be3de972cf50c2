import type { JourneyStep } from '@ciclo/engine'
import { Divider, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Path } from '../model/valueAtPath.ts'
import { BranchFields } from './BranchFields.tsx'
import { CouponFields } from './CouponFields.tsx'
import { DurationAt, NumberAt, SelectAt, SwitchAt, TargetAt, TextAt, TimeAt } from './fields.tsx'
import { HappeningAt } from './HappeningAt.tsx'
import { IdField } from './IdField.tsx'
import { PathAt } from './PathAt.tsx'
import { SendFields } from './SendFields.tsx'
import { SplitFields } from './SplitFields.tsx'
import { UpdateFields } from './UpdateFields.tsx'
import { useJourneyChoices } from './useChoices.ts'
import { WeekdaysAt } from './WeekdaysAt.tsx'

/** The fields of a step of each kind. */
export function StepForm({ step, position }: { step: JourneyStep; position: number }) {
  const { t } = useTranslation('journey')
  const path: Path = ['steps', position]
  const hasNext = 'next' in step || !['branch', 'split', 'end', 'wait'].includes(step.kind)
  return (
    <>
      <KindFields step={step} path={path} />
      {step.kind !== 'wait' && hasNext ? (
        <TargetAt
          path={[...path, 'next']}
          self={step.id}
          label={t('form.next')}
          about={t('form.nextAbout')}
          none={t('form.asOrdered')}
        />
      ) : null}
      <Divider />
      <IdField id={step.id} />
    </>
  )
}

function KindFields({ step, path }: { step: JourneyStep; path: Path }): ReactNode {
  const { t } = useTranslation('journey')
  const journeys = useJourneyChoices()
  switch (step.kind) {
    case 'send':
      return <SendFields path={path} />
    case 'delay':
      return (
        <DurationAt path={[...path, 'duration']} label={t('form.duration')} about={t('form.durationAbout')} />
      )
    case 'until':
      return (
        <>
          <TimeAt path={[...path, 'at']} label={t('form.at')} about={t('form.atAbout')} />
          <WeekdaysAt path={[...path, 'weekdays']} />
        </>
      )
    case 'untilDate':
      return (
        <>
          <PathAt path={[...path, 'path']} label={t('form.path')} about={t('form.pathAbout')} />
          <SwitchAt path={[...path, 'yearly']} label={t('form.yearly')} />
          <NumberAt
            path={[...path, 'days']}
            label={t('form.days')}
            about={t('form.daysAbout')}
            min={-365}
            max={365}
          />
          <TimeAt path={[...path, 'at']} label={t('form.at')} about={t('form.atAbout')} />
          <TargetAt
            path={[...path, 'onMissing']}
            self={step.id}
            label={t('form.onMissing')}
            none={t('form.asHappened')}
          />
        </>
      )
    case 'wait':
      return (
        <>
          <HappeningAt path={[...path, 'for']} label={t('form.waitFor')} />
          <DurationAt path={[...path, 'timeout']} label={t('form.timeout')} about={t('form.timeoutAbout')} />
          <TargetAt
            path={[...path, 'next']}
            self={step.id}
            label={t('form.happenedTo')}
            none={t('form.asOrdered')}
          />
          <TargetAt
            path={[...path, 'onTimeout']}
            self={step.id}
            label={t('form.onTimeout')}
            about={t('form.onTimeoutAbout')}
            none={t('form.asHappened')}
          />
        </>
      )
    case 'branch':
      return <BranchFields step={step} path={path} />
    case 'split':
      return <SplitFields step={step} path={path} />
    case 'update':
      return <UpdateFields path={path} />
    case 'coupon':
      return <CouponFields path={path} />
    case 'webhook':
      return <TextAt path={[...path, 'url']} label={t('form.url')} about={t('form.urlAbout')} />
    case 'startJourney':
    case 'endJourney':
      return (
        <SelectAt path={[...path, 'journey']} label={t('form.journey')} choices={journeys} isSearchable />
      )
    case 'end':
      break
  }
  return (
    <Text size="sm" c="dimmed">
      {t('form.endAbout')}
    </Text>
  )
}
