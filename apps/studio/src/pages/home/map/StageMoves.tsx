import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { HomeMap, Stage } from '../homeQuery.ts'
import { useMoveWords } from './useMoveWords.ts'

/** Where people went from a stage in the last 28 days, the most usual way first. */
export function StageMoves({ stage, map }: { stage: Stage; map: HomeMap }) {
  const { t } = useTranslation(['home', 'states'])
  const words = useMoveWords(map.isSmall)
  const moves = map.moves
    .filter(({ from }) => from === stage)
    .toSorted((one, other) => other.moves - one.moves)
  if (moves.length === 0) return null
  return (
    <Text size="xs" c="dimmed">
      {moves
        .map((move) => t('map.move', { share: words(move), stage: t(`stage.${move.to}`, { ns: 'states' }) }))
        .join(' · ')}
    </Text>
  )
}
