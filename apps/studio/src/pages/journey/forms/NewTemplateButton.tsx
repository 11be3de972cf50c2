import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { templatesQuery } from '../../templates/templateQueries.ts'
import { useJourneyEditing } from '../journeyEditing.ts'
import type { Path } from '../model/valueAtPath.ts'
import { useField } from './useField.ts'

const NewTemplateDialog = lazy(async () => ({
  default: (await import('../../templates/NewTemplateDialog.tsx')).NewTemplateDialog,
}))

/** Begins a template for a step, which sends it from then on. */
export function NewTemplateButton({ path }: { path: Path }) {
  const { t } = useTranslation('journey')
  const { definition, draft } = useJourneyEditing()
  const { set } = useField<string>(path)
  const { data } = useQuery(templatesQuery)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Anchor component="button" type="button" size="sm" disabled={!data} onClick={() => setOpen(true)}>
        {t('form.templateNew')}
      </Anchor>
      {isOpen && data ? (
        <Suspense fallback={null}>
          <NewTemplateDialog
            templates={data.templates}
            startName={definition.name}
            onMade={async (name) => {
              set(name)
              // Its page says that this journey sends it, and leads back here. What cannot be saved now is kept.
              await draft.flush().catch(() => {})
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </>
  )
}
