import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ScalarField } from '../../segments/fields/ScalarField.tsx'
import type { Path } from '../model/valueAtPath.ts'
import { SwitchAt } from './fields.tsx'
import { useField } from './useField.ts'

const MOST_TRAITS = 20

/** What is written down of the customer, a name and a value each. */
export function UpdateFields({ path }: { path: Path }) {
  const { t } = useTranslation('journey')
  const { value, set, error, isReadOnly } = useField<Record<string, unknown>>([...path, 'traits'])
  const traits = Object.entries(value ?? {})
  const put = (entries: [string, unknown][]) => set(Object.fromEntries(entries))
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
            <Group key={`${place}-${traits.length}`} gap={6} wrap="nowrap">
              <TextInput
                size="xs"
                aria-label={t('form.trait')}
                value={name}
                readOnly={isReadOnly}
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
