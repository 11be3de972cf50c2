import { Button, Group } from '@mantine/core'
import { IconRocket } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { JourneyMenu } from '../../journeys/JourneyMenu.tsx'
import { JourneyStatus } from '../../journeys/JourneyStatus.tsx'
import { isOnlyDraft, journeysQuery } from '../../journeys/journeysQuery.ts'
import { useJourneyEditing } from '../journeyEditing.ts'

const PublishDialog = lazy(async () => ({ default: (await import('./PublishDialog.tsx')).PublishDialog }))

/** How the journey stands, the way to publish what is edited, and what else can be done with the journey as a whole. */
export function PublishButton() {
  const { t } = useTranslation('journey')
  const navigate = useNavigate()
  const { id, draft, isReadOnly } = useJourneyEditing()
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery(journeysQuery)
  const journey = data?.journeys.find((one) => one.id === id)
  if (isReadOnly) return null
  const onDeleted = () => {
    if (journey && isOnlyDraft(journey)) void navigate({ to: '/journeys' })
    else void draft.look().catch(() => {})
  }
  return (
    <Group gap="xs" wrap="nowrap">
      {journey ? <JourneyStatus status={journey.status} /> : null}
      <Button
        leftSection={<IconRocket size={16} stroke={1.6} aria-hidden />}
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
      >
        {t('publish.button')}
      </Button>
      {journey ? <JourneyMenu journey={journey} onDeleted={onDeleted} /> : null}
      {isOpen ? (
        <Suspense>
          <PublishDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </Group>
  )
}
