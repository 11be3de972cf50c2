import { Group, Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../../formats/useFormats.ts'
import { JourneyStatus } from '../../../journeys/JourneyStatus.tsx'
import type { JourneyDetail } from '../../../journeys/journeysQuery.ts'
import classes from './VersionRow.module.css'

/** One version: since when it is there, how it stands, and how many are in it. The draft is what is edited. */
export function VersionRow({
  version: { version, status, createdAt, publishedAt, running, opening, runsTo },
  isChosen,
  onChoose,
}: {
  version: JourneyDetail['versions'][number]
  isChosen: boolean
  onChoose: () => void
}) {
  const { t } = useTranslation('journey')
  const { dateTime, number } = useFormats()
  const notes = [
    publishedAt === null
      ? t('panels.versions.created', { when: dateTime(createdAt) })
      : t('panels.versions.published', { when: dateTime(publishedAt) }),
    running > 0 ? t('panels.versions.running', { count: running, number: number(running) }) : '',
    opening ? t(`panels.versions.opening.${opening.state}`, { days: number(opening.days) }) : '',
    runsTo ? t(`panels.versions.runsTo.${runsTo}`) : '',
  ].filter((text) => text !== '')
  const content = (
    <>
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600}>
          {t('panels.versions.version', { version })}
        </Text>
        <JourneyStatus status={status} />
      </Group>
      <Text size="xs" c="dimmed">
        {notes.join(' · ')}
      </Text>
    </>
  )
  return (
    <li>
      {status === 'draft' ? (
        <div className={classes['row']}>{content}</div>
      ) : (
        <UnstyledButton className={classes['row']} aria-pressed={isChosen} onClick={onChoose} w="100%">
          {content}
        </UnstyledButton>
      )}
    </li>
  )
}
