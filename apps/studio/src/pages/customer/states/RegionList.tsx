import { List, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Transition } from '../customerQueries.ts'

const SHOWN = 5

/** A region where there is no room for a picture: where the customer stands, and how it came there. */
export function RegionList({
  current,
  sentence,
  transitions,
}: {
  current: string
  sentence: string
  transitions: readonly Transition[]
}) {
  const { t } = useTranslation('customer')
  return (
    <>
      <Text size="sm" fw={600}>
        ● {current}
      </Text>
      <Text size="sm" mb={4}>
        {sentence}
      </Text>
      {transitions.length === 0 ? null : (
        <>
          <Text size="xs" c="dimmed">
            {t('chart.before')}
          </Text>
          <List size="sm" spacing={2} type="ordered">
            {transitions.slice(0, SHOWN).map(({ at, to, sentence: told }, place) => (
              <List.Item key={`${at} ${to} ${place}`}>{told}</List.Item>
            ))}
          </List>
        </>
      )}
    </>
  )
}
