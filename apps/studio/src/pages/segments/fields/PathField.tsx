import { Autocomplete } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pathText, readPath } from '../rule/pathText.ts'
import type { SeenValues } from '../segmentQueries.ts'

/** Where a value is, with the places that the shop has really sent. */
export function PathField({
  path,
  seen,
  onChange,
  fault,
}: {
  path: readonly string[]
  seen: SeenValues
  onChange: (path: string[]) => void
  fault: { error: boolean; 'aria-errormessage'?: string }
}) {
  const { t } = useTranslation('segments')
  // While somebody types `address.`, there is a name that is still empty.
  const [typed, setTyped] = useState<string>()
  const text = pathText(path)
  return (
    <Autocomplete
      size="xs"
      aria-label={t('fields.path')}
      placeholder={t('fields.pathPlaceholder')}
      w={170}
      limit={40}
      data={[...new Set(seen.map((place) => pathText(place.path)))]}
      value={typed ?? text}
      onChange={(value) => {
        setTyped(value)
        onChange(readPath(value))
      }}
      onBlur={() => setTyped(undefined)}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      {...fault}
    />
  )
}
