import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import type { JourneyChange } from '@ciclo/journeys/text'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChangeWords } from './useChangeWords.ts'

const COLOURS = { added: 'green', removed: 'red', moved: 'blue', changed: 'orange' } as const
/** More are folded away at first. */
const FIRST = 12

/** In what two versions of a journey differ, a line each. */
export function ChangeList({ changes }: { changes: readonly JourneyChange[] }) {
  const { t } = useTranslation('journey')
  const say = useChangeWords()
  const [showsAll, setShowsAll] = useState(false)
  if (changes.length === 0)
    return (
      <Text size="sm" role="status">
        {t('panels.changes.none')}
      </Text>
    )
  const shown = showsAll ? changes : changes.slice(0, FIRST)
  return (
    <Stack gap={6}>
      <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {shown.map((change) => (
          <Group component="li" key={change.text} gap={8} wrap="nowrap" align="flex-start">
            <Badge
              size="sm"
              variant="dot"
              color={COLOURS[change.kind]}
              tt="none"
              radius="sm"
              style={{ flexShrink: 0 }}
            >
              {t(`panels.changes.kinds.${change.kind}`)}
            </Badge>
            <Text size="sm" className="any-text" miw={0}>
              {say(change)}
            </Text>
          </Group>
        ))}
      </Stack>
      {changes.length > shown.length ? (
        <Button
          size="compact-sm"
          variant="subtle"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => setShowsAll(true)}
        >
          {t('panels.changes.all', { count: changes.length })}
        </Button>
      ) : null}
    </Stack>
  )
}
