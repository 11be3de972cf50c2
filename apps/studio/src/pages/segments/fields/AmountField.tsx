import { NumberInput } from '@mantine/core'

/** A number; null where nothing stands in it. */
export function AmountField({
  label,
  value,
  onChange,
  width = 84,
  scale = 1,
  isWhole = false,
  suffix,
  fault,
}: {
  label: string
  value: number | null
  onChange: (value: number | null) => void
  width?: number
  /** So many of the rule's units are one of the field's: 100 where a rule has cents. */
  scale?: number
  /** The rule's units are never broken. */
  isWhole?: boolean
  suffix?: string
  fault?: { error: boolean; 'aria-errormessage'?: string }
}) {
  const toField = (number: number) => Number((number / scale).toPrecision(15))
  const toRule = (number: number) =>
    isWhole ? Math.round(number * scale) : Number((number * scale).toPrecision(15))
  return (
    <NumberInput
      size="xs"
      aria-label={label}
      w={width}
      hideControls
      value={value === null ? '' : scale === 1 ? value : toField(value)}
      onChange={(typed) => {
        if (typed === '') return onChange(null)
        const number = Number(typed)
        // What is half typed, as a lone minus, says nothing yet.
        if (!Number.isFinite(number)) return
        const meant = scale === 1 ? number : toRule(number)
        // What was only shown has not been changed, however it was rounded for that.
        if (meant !== value && (value === null || number !== toField(value))) onChange(meant)
      }}
      {...(suffix === undefined ? {} : { suffix })}
      {...fault}
    />
  )
}
