import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ScalarField } from '../../segments/fields/ScalarField.tsx'
import type { Path } from '../model/valueAtPath.ts'
import { SwitchAt } from './fields.tsx'
import { useField } from './useField.ts'

const MOST_TRAITS = 20

type Traits = [name: string, value: unknown][]

const namesTwice = (traits: Traits) =>
  new Set(traits.map(([name]) => name).filter((name, place, all) => all.indexOf(name) !== place))

/** What is written down of the customer, a name and a value each. */
export function UpdateFields({ path }: { path: Path }) {
  const { t } = useTranslation('journey')
  const { value, set, error, isReadOnly } = useField<Record<string, unknown>>([...path, 'traits'])
  const stored: Traits = Object.entries(value ?? {})
  const of = JSON.stringify(stored)
  // On its way to another name one may be called as another is: as long as it is, the step keeps what it had.
  const [typed, setTyped] = useState<{ traits: Traits; of: string }>()
  const isTyped = typed !== undefined && typed.of === of
  const traits = isTyped ? typed.traits : stored
  const twice = namesTwice(traits)
  const put = (entries: Traits) => {
    const isWhole = namesTwice(entries).size === 0
    setTyped(isWhole ? undefined : { traits: entries, of })
    if (isWhole) set(Object.fromEntries(entries))
  }
  return (
    <>
      <Input.Wrapper
        label={t('form.traits')}
        labelElement="div"
        description={t('form.traitsAbout')}
        error={error}
      >
        <Stack gap={6} mt={6}>
          {traits.map(([name, one], place) => (
            // Its name is what is typed into.
            <Group key={`${place}-${traits.length}`} gap={6} wrap="nowrap" align="flex-start">
              <TextInput
                size="xs"
                aria-label={t('form.trait')}
                value={name}
                readOnly={isReadOnly}
                error={twice.has(name) ? t('form.traitTwice') : undefined}
                onChange={({ currentTarget }) => put(traits.with(place, [currentTarget.value, one]))}
              />
              <ScalarField
                value={one === null ? '' : one}
                suggestions={[]}
                onChange={(next) => put(traits.with(place, [name, next === '' ? null : next]))}
                fault={{ error: false }}
              />
              {isReadOnly ? null : (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('form.removeTrait', { name })}
                  onClick={() => put(traits.toSpliced(place, 1))}
                >
                  <IconX size={14} stroke={1.6} aria-hidden />
                </ActionIcon>
              )}
            </Group>
          ))}
          {traits.length < MOST_TRAITS && !isReadOnly ? (
            <Button
              size="compact-xs"
              variant="subtle"
              style={{ alignSelf: 'flex-start' }}
              leftSection={<IconPlus size={12} stroke={1.6} aria-hidden />}
              onClick={() => put([...traits, ['', '']])}
            >
              {t('form.addTrait')}
            </Button>
          ) : null}
        </Stack>
      </Input.Wrapper>
      <SwitchAt
        path={[...path, 'stopMarketing']}
        label={t('form.stopMarketing')}
        about={t('form.stopMarketingAbout')}
      />
    </>
  )
}
