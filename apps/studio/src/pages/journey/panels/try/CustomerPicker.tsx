import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../../api/api.ts'
import { ask } from '../../../../api/ask.ts'

export interface PickedCustomer {
  id: string
  name: string
}

/** Finds one of the shop's customers by the beginning of a name or an address. */
export function CustomerPicker({
  picked,
  onPick,
}: {
  picked: PickedCustomer | null
  onPick: (customer: PickedCustomer | null) => void
}) {
  const { t } = useTranslation('journey')
  const [text, setText] = useState('')
  const [wanted] = useDebouncedValue(text, 250)
  const { data } = useQuery({
    queryKey: ['customers', 'picker', wanted],
    queryFn: ({ signal }) =>
      ask(
        api.customerSearch.index.$get(
          { query: { text: wanted === picked?.name ? '' : wanted, limit: '20' } },
          { init: { signal } },
        ),
      ),
    placeholderData: (before) => before,
  })
  const found = (data?.customers ?? []).map(({ id, name, email, userId }) => ({
    id,
    name: [name, email ?? userId].filter((part) => part !== null).join(' · ') || t('panels.visitor'),
  }))
  const shown = picked && !found.some(({ id }) => id === picked.id) ? [picked, ...found] : found
  return (
    <Select
      label={t('panels.try.customer')}
      placeholder={t('panels.try.find')}
      required
      searchable
      value={picked?.id ?? null}
      searchValue={text}
      onSearchChange={setText}
      // The server has looked for it: among other things by what the label does not say.
      filter={({ options }) => options}
      data={shown.map(({ id, name }) => ({ value: id, label: name }))}
      nothingFoundMessage={t('panels.try.nobodyFound')}
      onChange={(id) => onPick(shown.find((one) => one.id === id) ?? null)}
    />
  )
}
