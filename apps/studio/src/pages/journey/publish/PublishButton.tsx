import { Button } from '@mantine/core'
import { IconRocket } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useJourneyEditing } from '../journeyEditing.ts'

const PublishDialog = lazy(async () => ({ default: (await import('./PublishDialog.tsx')).PublishDialog }))

/** Shows what publishing would do, and does it. */
export function PublishButton() {
  const { t } = useTranslation('journey')
  const { isReadOnly } = useJourneyEditing()
  const [isOpen, setOpen] = useState(false)
  if (isReadOnly) return null
  return (
    <>
      <Button
        leftSection={<IconRocket size={16} stroke={1.6} aria-hidden />}
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
      >
        {t('publish.button')}
      </Button>
      {isOpen ? (
        <Suspense>
          <PublishDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
