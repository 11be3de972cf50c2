import { Button, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconBolt, IconTarget } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useJourneyEditing } from '../journeyEditing.ts'
import { STEP_ICONS } from '../words/stepIcons.ts'
import { JourneyForm } from './JourneyForm.tsx'
import { StepForm } from './StepForm.tsx'
import { TriggerForm } from './TriggerForm.tsx'
import { JOURNEY, TRIGGER } from '../model/selection.ts'

/** The form of what is selected: a step, what starts the journey, or the journey as a whole. */
export function SelectedForm() {
  const { t } = useTranslation('journey')
  const { definition, selected, select } = useJourneyEditing()
  const position = definition.steps.findIndex(({ id }) => id === selected)
  const step = definition.steps[position]
  if (selected !== TRIGGER && selected !== JOURNEY && !step)
    return (
      <Stack align="flex-start">
        <Text size="sm" className="any-text">
          {t('form.gone', { step: selected })}
        </Text>
        <Button variant="default" size="xs" onClick={() => select(TRIGGER)}>
          {t('form.toTrigger')}
        </Button>
      </Stack>
    )
  const isJourney = selected === JOURNEY
  const Icon = step ? STEP_ICONS[step.kind] : isJourney ? IconTarget : IconBolt
  const title = step ? t(`kinds.${step.kind}.name`) : t(isJourney ? 'tools.settings' : 'form.trigger')
  return (
    <Stack gap="md" pb="md">
      <Group wrap="nowrap" gap="sm">
        <ThemeIcon variant="light" size={36} radius="md">
          <Icon size={20} stroke={1.7} aria-hidden />
        </ThemeIcon>
        <Stack gap={0}>
          <Title order={2}>{title}</Title>
          {step ? (
            <Text size="xs" c="dimmed">
              {t(`kinds.${step.kind}.about`)}
            </Text>
          ) : null}
        </Stack>
      </Group>
      {/* Another step begins with fields of its own: nothing that was half typed goes over to it. */}
      {step ? (
        <StepForm key={step.id} step={step} position={position} />
      ) : isJourney ? (
        <JourneyForm />
      ) : (
        <TriggerForm />
      )}
    </Stack>
  )
}
