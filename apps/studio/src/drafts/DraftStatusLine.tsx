import { Alert, Anchor, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCloudOff, IconLoader2, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Draft } from './useDraft.ts'

const ICONS = {
  saved: IconCheck,
  changed: IconLoader2,
  saving: IconLoader2,
  waiting: IconCloudOff,
  refused: IconX,
  conflict: IconAlertTriangle,
} as const

const COLOURS = {
  saved: 'dimmed',
  changed: 'dimmed',
  saving: 'dimmed',
  waiting: 'orange',
  refused: 'red',
  conflict: 'orange',
} as const

/** Whether what is edited has reached the server: a line for the heading of an editor. */
export function DraftStatusLine({ draft }: { draft: Pick<Draft<unknown>, 'status'> }) {
  const { t } = useTranslation('drafts')
  const Icon = ICONS[draft.status]
  return (
    <Group gap={6} role="status" aria-live="polite" wrap="nowrap" data-draft={draft.status}>
      <Icon size={16} stroke={1.8} aria-hidden />
      <Text size="sm" c={COLOURS[draft.status]}>
        {t(`status.${draft.status}`)}
      </Text>
    </Group>
  )
}

/**
 * What somebody has to know or decide of what they edit: that it was brought back, that it cannot be saved as it is, or
 * that somebody else has changed it, with what they have done. Nothing where there is nothing to say.
 */
export function DraftNotes<Value>({
  draft,
  describe,
}: {
  draft: Draft<Value>
  /** In what theirs differs from mine, a line each. */
  describe: (mine: Value, theirs: Value) => readonly string[]
}) {
  const { t } = useTranslation('drafts')
  if (draft.status === 'conflict' && draft.theirs !== null)
    return (
      <Alert color="orange" role="alert" mb="md" title={t('conflict.title')}>
        <Text size="sm">{t('conflict.text')}</Text>
        <ul>
          {describe(draft.value, draft.theirs).map((line) => (
            <li key={line} className="any-text">
              {line}
            </li>
          ))}
        </ul>
        <Group gap="xs">
          <Button size="xs" onClick={draft.keepMine}>
            {t('conflict.mine')}
          </Button>
          <Button size="xs" variant="default" onClick={draft.takeTheirs}>
            {t('conflict.theirs')}
          </Button>
        </Group>
      </Alert>
    )
  if (draft.status === 'refused')
    return (
      <Alert color="red" role="alert" mb="md" title={t('refused')}>
        <Text size="sm" className="any-text">
          {draft.problem?.message}
        </Text>
      </Alert>
    )
  if (draft.status === 'waiting')
    return (
      <Alert color="orange" mb="md">
        {t(draft.isKept ? 'waiting' : 'waitingUnkept')}
      </Alert>
    )
  if (draft.news)
    return (
      <Alert color="blue" mb="md">
        {t(`news.${draft.news}`)}{' '}
        <Anchor component="button" type="button" size="sm" onClick={draft.heard}>
          {t('news.heard')}
        </Anchor>
      </Alert>
    )
  return null
}
