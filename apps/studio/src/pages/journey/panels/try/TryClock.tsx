import { Button, Group, Stack, Text } from '@mantine/core'
import { IconPlayerTrackNext } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../../formats/useFormats.ts'
import { passTime, passUntil, type TryHistory } from './trySession.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** What time it is in the try, and the ways to let it pass. */
export function TryClock({
  history,
  next,
  onHistory,
}: {
  history: TryHistory
  /** When something happens by itself; null: nothing for a year. */
  next: string | null
  onHistory: (history: TryHistory) => void
}) {
  const { t } = useTranslation('journey')
  const { dateTime } = useFormats()
  return (
    <Stack gap={6}>
      <Text size="lg" fw={650} className="figure" role="status" aria-label={t('panels.try.clock')}>
        {dateTime(history.now.until)}
      </Text>
      <Group gap={6}>
        <Button
          size="xs"
          disabled={next === null}
          leftSection={<IconPlayerTrackNext size={14} stroke={1.6} aria-hidden />}
          onClick={() => next !== null && onHistory(passUntil(history, next))}
        >
          {next === null ? t('panels.try.nothingNext') : t('panels.try.next', { when: dateTime(next) })}
        </Button>
        <Button size="xs" variant="default" onClick={() => onHistory(passTime(history, HOUR))}>
          {t('panels.try.hour')}
        </Button>
        <Button size="xs" variant="default" onClick={() => onHistory(passTime(history, DAY))}>
          {t('panels.try.day')}
        </Button>
      </Group>
    </Stack>
  )
}
