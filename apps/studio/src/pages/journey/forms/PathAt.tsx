import { Autocomplete } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { pathText, readPath } from '../../segments/rule/pathText.ts'
import { seenNamesQuery } from '../../segments/segmentQueries.ts'
import type { FieldAt } from './fields.tsx'
import { useField } from './useField.ts'

/** Something that is known of the customer, with what the shop has really sent. */
export function PathAt({ path, label, about }: FieldAt) {
  const { value, set, error, isReadOnly } = useField<string[]>(path)
  const { data } = useQuery({ ...seenNamesQuery, enabled: !isReadOnly })
  // While somebody types `address.`, there is a name that is still empty.
  const [typed, setTyped] = useState<string>()
  return (
    <Autocomplete
      label={label}
      {...(about === undefined ? {} : { description: about })}
      limit={40}
      data={[...new Set((data?.traits ?? []).map((trait) => pathText(trait.path)))]}
      value={typed ?? pathText(value ?? [])}
      error={error}
      readOnly={isReadOnly}
      onChange={(text) => {
        setTyped(text)
        set(readPath(text))
      }}
      onBlur={() => setTyped(undefined)}
    />
  )
}
