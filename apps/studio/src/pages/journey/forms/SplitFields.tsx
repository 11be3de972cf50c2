import type { JourneyStep } from '@ciclo/engine'
import { Button, Fieldset, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Path } from '../model/valueAtPath.ts'
import { END } from '../model/ways.ts'
import { NumberAt, TargetAt } from './fields.tsx'
import { useField } from './useField.ts'

type Split = Extract<JourneyStep, { kind: 'split' }>

const MOST_WAYS = 20
const FEWEST_WAYS = 2

/** The ways of a split: how large a share takes each, and where it leads. */
export function SplitFields({ step, path }: { step: Split; path: Path }) {
  const { t } = useTranslation('journey')
  const { set, isReadOnly } = useField<Split['ways']>([...path, 'ways'], false)
  const { ways } = step
  return (
    <Stack gap="sm">
      <Text size="xs" c="dimmed">
        {t('form.splitAbout')}
      </Text>
      {ways.map((_, place) => (
        <Fieldset key={`${place}-${ways.length}`} legend={t('form.way', { number: place + 1 })} p="sm">
          <Stack gap="sm">
            <NumberAt
              path={[...path, 'ways', place, 'weight']}
              label={t('form.weight', { number: place + 1 })}
            />
            <TargetAt path={[...path, 'ways', place, 'to']} self={step.id} label={t('form.goesTo')} />
            {ways.length > FEWEST_WAYS && !isReadOnly ? (
              <Button
                size="compact-xs"
                variant="subtle"
                color="red"
                style={{ alignSelf: 'flex-start' }}
                onClick={() => set(ways.toSpliced(place, 1))}
              >
                {t('form.removeWay', { number: place + 1 })}
              </Button>
            ) : null}
          </Stack>
        </Fieldset>
      ))}
      {ways.length < MOST_WAYS && !isReadOnly ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => set([...ways, { weight: 50, to: ways.at(-1)?.to ?? END }])}
        >
          {t('form.addWay')}
        </Button>
      ) : null}
    </Stack>
  )
}
