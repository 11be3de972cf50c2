import { Badge, Group, TextInput, Title, VisuallyHidden } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { DraftStatusLine } from '../../drafts/DraftStatusLine.tsx'
import { useField } from './forms/useField.ts'
import classes from './JourneyHeading.module.css'
import { useJourneyEditing } from './journeyEditing.ts'
import { ViewSwitch } from './ViewSwitch.tsx'

const publish = import.meta.glob<{ PublishButton: () => React.ReactNode }>('./publish/PublishButton.tsx')
const load = publish['./publish/PublishButton.tsx']
const PublishButton = load ? lazy(async () => ({ default: (await load()).PublishButton })) : null

/** What the journey is called, whether it is saved, and the way to its customers. */
export function JourneyHeading({ status }: { status: string }) {
  const { t } = useTranslation('journey')
  const { definition, draft, isReadOnly } = useJourneyEditing()
  const name = useField<string>(['name'])
  useDocumentTitle(`${definition.name} · Ciclo`)
  return (
    <Group justify="space-between" gap="sm" mb="sm">
      <VisuallyHidden>
        <Title order={1}>{definition.name}</Title>
      </VisuallyHidden>
      <Group gap="sm" className={classes['name']}>
        <TextInput
          data-form=""
          variant="unstyled"
          aria-label={t('name')}
          className={classes['field']}
          value={name.value ?? ''}
          onChange={(event) => name.set(event.currentTarget.value)}
          error={name.error}
          maxLength={200}
          readOnly={isReadOnly}
        />
        <Badge variant="light" color="gray" tt="none">
          {definition.id}
        </Badge>
      </Group>
      <Group gap="sm">
        {isReadOnly ? null : <DraftStatusLine draft={draft} />}
        <ViewSwitch />
        {PublishButton && !isReadOnly ? (
          <Suspense fallback={null}>
            <PublishButton key={status} />
          </Suspense>
        ) : null}
      </Group>
    </Group>
  )
}
