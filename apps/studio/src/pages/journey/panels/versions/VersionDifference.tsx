import { Alert, Button, Skeleton } from '@mantine/core'
import { JourneySchema } from '@ciclo/engine'
import { journeyDifference } from '@ciclo/journeys/text'
import { IconRestore } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../../api/apiProblem.ts'
import { useJourneyEditing } from '../../journeyEditing.ts'
import { versionQuery } from '../panelQueries.ts'
import { Section } from '../Section.tsx'
import { useStepMarks } from '../useStepMarks.ts'
import { ChangeList } from './ChangeList.tsx'
import { differenceMarks } from './differenceMarks.ts'
import { useChangeWords } from './useChangeWords.ts'

/** What has changed since a version: in words, and on the canvas. */
export function VersionDifference({ version }: { version: number }) {
  const { t } = useTranslation('journey')
  const { id, definition, edit, isReadOnly } = useJourneyEditing()
  const { data, error } = useQuery(versionQuery(id, version))
  const say = useChangeWords()
  const read = useMemo(() => (data ? JourneySchema.safeParse(data.definition) : undefined), [data])
  const older = read?.success ? read.data : undefined
  const changes = useMemo(
    () => (older ? journeyDifference(older, definition) : undefined),
    [older, definition],
  )
  useStepMarks(
    useMemo(() => changes && differenceMarks(changes, (change) => say(change, 'step')), [changes, say]) ??
      null,
  )
  return (
    <Section title={t('panels.versions.since', { version })} text={t('panels.versions.sinceText')}>
      {error && !data ? <Alert color="red">{messageOf(error)}</Alert> : null}
      {!data && !error ? <Skeleton height={80} aria-busy="true" /> : null}
      {changes ? <ChangeList changes={changes} /> : null}
      {older && changes && changes.length > 0 && !isReadOnly ? (
        <Button
          size="xs"
          variant="default"
          mt="xs"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconRestore size={14} stroke={1.6} aria-hidden />}
          // As an edit: it is saved like one, and can be taken back.
          onClick={() => edit(older)}
        >
          {t('panels.versions.restore', { version })}
        </Button>
      ) : null}
    </Section>
  )
}
