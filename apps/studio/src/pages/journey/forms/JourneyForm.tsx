import { Button, Divider, Fieldset, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useJourneyEditing } from '../journeyEditing.ts'
import { DurationAt, NumberAt, TextAt } from './fields.tsx'
import { HAPPENINGS, HappeningAt } from './HappeningAt.tsx'
import { OptionalAt } from './OptionalAt.tsx'
import { useField } from './useField.ts'

const MOST_EXITS = 20
const WEEK = 7 * 86_400_000

function Exits() {
  const { t } = useTranslation('journey')
  const { definition, isReadOnly } = useJourneyEditing()
  const { set } = useField<unknown[]>(['exits'], false)
  const { exits } = definition
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600}>
        {t('form.exits')}
      </Text>
      <Text size="xs" c="dimmed">
        {t('form.exitsAbout')}
      </Text>
      {exits.map((_, place) => (
        <Fieldset key={`${place}-${exits.length}`} legend={t('form.exit', { number: place + 1 })} p="sm">
          <Stack gap="sm">
            <HappeningAt path={['exits', place, 'on']} label={t('form.happeningKind')} />
            <TextAt path={['exits', place, 'name']} label={t('form.exitName')} isOptional />
            {isReadOnly ? null : (
              <Button
                size="compact-xs"
                variant="subtle"
                color="red"
                style={{ alignSelf: 'flex-start' }}
                onClick={() => set(exits.toSpliced(place, 1))}
              >
                {t('form.removeExit', { number: place + 1 })}
              </Button>
            )}
          </Stack>
        </Fieldset>
      ))}
      {exits.length < MOST_EXITS && !isReadOnly ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => set([...exits, { on: HAPPENINGS.event }])}
        >
          {t('form.addExit')}
        </Button>
      ) : null}
    </Stack>
  )
}

/** What is true of the journey as a whole: its goal, what ends it early, and who gets nothing. */
export function JourneyForm() {
  const { t } = useTranslation('journey')
  return (
    <Stack gap="md">
      <TextAt path={['description']} label={t('form.description')} isOptional />
      <OptionalAt
        path={['goal']}
        label={t('form.goal')}
        about={t('form.goalAbout')}
        without={t('form.goalNone')}
        within={t('form.goalSome')}
        begin={{ on: HAPPENINGS.event, within: WEEK }}
      >
        <HappeningAt path={['goal', 'on']} label={t('form.happeningKind')} />
        <DurationAt path={['goal', 'within']} label={t('form.within')} />
      </OptionalAt>
      <Divider />
      <Exits />
      <Divider />
      <NumberAt
        path={['holdOut']}
        label={t('form.holdOut')}
        about={t('form.holdOutAbout')}
        scale={100}
        suffix=" %"
        min={0}
        max={50}
      />
      <OptionalAt
        path={['exclusion']}
        label={t('form.exclusion')}
        about={t('form.exclusionAbout')}
        without={t('form.exclusionNone')}
        within={t('form.exclusionSome')}
        begin={{ group: 'abandonment', rank: 1 }}
      >
        <TextAt path={['exclusion', 'group']} label={t('form.exclusionGroup')} />
        <NumberAt path={['exclusion', 'rank']} label={t('form.rank')} min={0} max={1000} />
      </OptionalAt>
    </Stack>
  )
}
