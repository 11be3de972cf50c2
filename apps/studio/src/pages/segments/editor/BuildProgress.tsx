import { Group, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'

/** How far the building of a segment is. */
export function BuildProgress({ building }: { building: { customers: number; total: number } }) {
  const { t } = useTranslation('segments')
  const { number } = useFormats()
  const { customers, total } = building
  return (
    <Group gap="sm" mb="md" wrap="nowrap">
      <Progress
        w={120}
        animated
        value={total === 0 ? 100 : (100 * customers) / total}
        aria-label={t('building.label')}
        style={{ flexShrink: 0 }}
      />
      <Text size="xs" c="dimmed">
        {t('building.text', { customers: number(customers), total: number(total) })}
      </Text>
    </Group>
  )
}
