import { Modal, Select, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { journeysQuery, type CustomerDetail } from '../customerQueries.ts'
import { DialogButtons } from './DialogButtons.tsx'
import { useEnrol } from './useEnrol.ts'

/** Asks the customer into a journey that is live; who would not be let in now is told why before. */
export function EnrolDialog({ customer, onClose }: { customer: CustomerDetail; onClose: () => void }) {
  const { t, i18n } = useTranslation('customer')
  const { data: journeys = [] } = useQuery(journeysQuery(customer.id, i18n.language))
  const [chosen, setChosen] = useState<string | null>(null)
  const enrol = useEnrol(customer.id)
  const standing = journeys.find(({ journey }) => journey === chosen)
  return (
    <Modal opened onClose={onClose} title={t('enrol.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (standing)
            enrol.mutate({ journey: standing.journey, name: standing.name }, { onSuccess: onClose })
        }}
      >
        <Select
          label={t('enrol.journey')}
          data={journeys.map(({ journey, name }) => ({ value: journey, label: name }))}
          value={chosen}
          onChange={setChosen}
          searchable
          required
          data-autofocus
          nothingFoundMessage={t('enrol.none')}
          description={t('enrol.text')}
        />
        <Text size="sm" mt="sm" role="status">
          {standing?.sentence ?? ''}
        </Text>
        <DialogButtons
          label={t('journeys.enrol')}
          isBusy={enrol.isPending}
          isDisabled={standing === undefined}
          onCancel={onClose}
        />
      </form>
    </Modal>
  )
}
