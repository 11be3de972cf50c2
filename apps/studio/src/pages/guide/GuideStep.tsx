import { Accordion, Button, Group, Stack, Text } from '@mantine/core'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import type { Guide, GuideStepId } from './guideQuery.ts'
import { StepSign } from './StepSign.tsx'
import type { StepState } from './stepStates.ts'
import { JourneyStep } from './steps/JourneyStep.tsx'
import { MailStep } from './steps/MailStep.tsx'
import { OrdersStep } from './steps/OrdersStep.tsx'
import { ShopStep } from './steps/ShopStep.tsx'
import { TrackerStep } from './steps/TrackerStep.tsx'
import { usePutOff } from './usePutOff.ts'

const CONTENTS: Record<GuideStepId, ComponentType<{ guide: Guide }>> = {
  shop: ShopStep,
  tracker: TrackerStep,
  mail: MailStep,
  orders: OrdersStep,
  journey: JourneyStep,
}

/** One step: what is to be done and why, whether it is done, and the way around it. */
export function GuideStep({
  step: { id, isDone, doneAt },
  state,
  guide,
  onPutOff,
}: {
  step: Guide['steps'][number]
  state: StepState
  guide: Guide
  onPutOff: () => void
}) {
  const { t } = useTranslation('guide')
  const { relative } = useFormats()
  const putOff = usePutOff()
  const Content = CONTENTS[id]
  const status = isDone && doneAt !== null ? t('doneAt', { when: relative(doneAt) }) : t(`states.${state}`)
  return (
    <Accordion.Item value={id} data-state={state}>
      <Accordion.Control icon={<StepSign state={state} />}>
        <Group justify="space-between" gap="xs" pr="xs">
          <Text component="span" fw={600}>
            {t(`steps.${id}.title`)}
          </Text>
          <Text component="span" size="sm" c={state === 'now' ? 'green' : 'dimmed'}>
            {status}
          </Text>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="md">
          <Text size="sm" c="dimmed" maw={640}>
            {t(`steps.${id}.text`)}
          </Text>
          <Content guide={guide} />
          {isDone ? null : (
            <Group justify="flex-end">
              <Button
                variant="subtle"
                size="xs"
                loading={putOff.isPending}
                onClick={() =>
                  putOff.mutate({ step: id, isLater: state !== 'later' }, { onSuccess: onPutOff })
                }
              >
                {t(state === 'later' ? 'takeUp' : 'putOff')}
              </Button>
            </Group>
          )}
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  )
}
