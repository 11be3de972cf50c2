import type { JourneyStep } from '@ciclo/engine'
import { Button, Fieldset, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Path } from '../model/valueAtPath.ts'
import { END } from '../model/ways.ts'
import { TargetAt } from './fields.tsx'
import { RuleAt } from './RuleAt.tsx'
import { useField } from './useField.ts'

type Branch = Extract<JourneyStep, { kind: 'branch' }>

const MOST_WAYS = 20

/** The ways of a decision: a rule each, and where it leads. */
export function BranchFields({ step, path }: { step: Branch; path: Path }) {
  const { t } = useTranslation('journey')
  const { set, isReadOnly } = useField<Branch['ways']>([...path, 'ways'], false)
  const { ways } = step
  return (
    <Stack gap="sm">
      <Text size="xs" c="dimmed">
        {t('form.branchAbout')}
      </Text>
      {ways.map((_, place) => (
        // Ways have no names; fields of one that is taken away must not go over to the next.
        <Fieldset key={`${place}-${ways.length}`} legend={t('form.way', { number: place + 1 })} p="sm">
          <Stack gap="sm">
            <RuleAt path={[...path, 'ways', place, 'when']} label={t('node.only', { rule: '' })} />
            <TargetAt path={[...path, 'ways', place, 'to']} self={step.id} label={t('form.goesTo')} />
            {ways.length > 1 && !isReadOnly ? (
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
          onClick={() =>
            set([
              ...ways,
              { when: { kind: 'lifecycle', region: 'value', states: ['vip'] }, to: step.otherwise ?? END },
            ])
          }
        >
          {t('form.addWay')}
        </Button>
      ) : null}
      <TargetAt
        path={[...path, 'otherwise']}
        self={step.id}
        label={t('form.otherwise')}
        about={t('form.otherwiseAbout')}
        none={t('form.asOrdered')}
      />
    </Stack>
  )
}
