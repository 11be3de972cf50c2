import { Checkbox, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Path } from '../model/valueAtPath.ts'
import { useField } from './useField.ts'

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Some days of the week; none is every day. */
export function WeekdaysAt({ path }: { path: Path }) {
  const { t } = useTranslation('journey')
  const { value = [], set, error, isReadOnly } = useField<string[]>(path)
  return (
    <Checkbox.Group
      label={t('form.weekdays')}
      description={t('form.weekdaysAbout')}
      value={value}
      error={error}
      onChange={(next) =>
        isReadOnly || set(next.length === 0 ? undefined : WEEKDAYS.filter((day) => next.includes(day)))
      }
    >
      <Group gap="xs" mt={6}>
        {WEEKDAYS.map((day) => (
          <Checkbox key={day} size="xs" value={day} label={t(`weekdays.${day}`)} />
        ))}
      </Group>
    </Checkbox.Group>
  )
}
