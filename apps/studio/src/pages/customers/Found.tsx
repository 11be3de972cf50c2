import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { countQuery } from './listQueries.ts'
import type { ListSearch } from './listSearch.ts'

/** How many there are of who is looked for, told anew whenever that changes. */
export function Found({ search }: { search: ListSearch }) {
  const { t } = useTranslation('customers')
  const { number } = useFormats()
  const { data } = useQuery(countQuery(search))
  return (
    <Text size="sm" c="dimmed" role="status" className="figure" mih="1.4em">
      {data === undefined
        ? ''
        : t(data.isMore ? 'moreThan' : 'found', {
            count: data.customers,
            number: number(data.customers),
          })}
    </Text>
  )
}
