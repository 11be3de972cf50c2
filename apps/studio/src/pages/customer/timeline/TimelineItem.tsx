import { Badge, Text, UnstyledButton } from '@mantine/core'
import { IconBolt, IconMail, IconRoute, IconTransform } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import type { TimelineEntry } from '../customerQueries.ts'
import { EntryDetails } from './EntryDetails.tsx'
import classes from './Timeline.module.css'
import { useEntryWords } from './useEntryWords.ts'

const ICONS = { event: IconBolt, transition: IconTransform, run: IconRoute, message: IconMail }

/** One thing that happened, in a line; opened, with all that was told of it. */
export function TimelineItem({ entry, isFresh }: { entry: TimelineEntry; isFresh: boolean }) {
  const { t } = useTranslation('customer')
  const formats = useFormats()
  const wordsOf = useEntryWords()
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const Icon = ICONS[entry.kind]
  const { title, text } = wordsOf(entry)
  return (
    <li className={classes['item']} data-kind={entry.kind} {...(isFresh ? { 'data-fresh': true } : {})}>
      <UnstyledButton
        className={classes['head'] ?? ''}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon size={17} stroke={1.6} aria-hidden style={{ marginTop: 2 }} />
        <span style={{ minWidth: 0 }}>
          <Text component="span" size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Text>{' '}
          {isFresh ? (
            <Badge component="span" size="xs" variant="light" tt="none">
              {t('timeline.fresh')}
            </Badge>
          ) : null}
          {text === '' ? null : (
            <Text component="span" display="block" size="xs" c="dimmed" lineClamp={2}>
              {text}
            </Text>
          )}
        </span>
        <Text component="span" size="xs" c="dimmed" title={formats.dateTime(entry.at)}>
          {formats.relative(entry.at)}
        </Text>
      </UnstyledButton>
      <div id={id} className={isOpen ? classes['details'] : ''} hidden={!isOpen}>
        {isOpen ? <EntryDetails entry={entry} /> : null}
      </div>
    </li>
  )
}
