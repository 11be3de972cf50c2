import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useJourneyEditing } from '../journeyEditing.ts'
import { renameStep } from '../model/editJourney.ts'

/** The id of a step. It is another one when the field is left: all that names the step goes along. */
export function IdField({ id }: { id: string }) {
  const { t } = useTranslation('journey')
  const { definition, edit, select, isReadOnly } = useJourneyEditing()
  const [typed, setTyped] = useState(id)
  const isWrong = typed !== id && renameStep(definition, id, typed) === undefined
  const take = () => {
    if (typed === id) return
    const renamed = renameStep(definition, id, typed)
    if (!renamed) return
    edit(renamed)
    select(typed)
  }
  return (
    <TextInput
      label={t('form.id')}
      description={t('form.idAbout')}
      value={typed}
      readOnly={isReadOnly}
      error={isWrong ? t('form.idWrong') : undefined}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take()
      }}
    />
  )
}
