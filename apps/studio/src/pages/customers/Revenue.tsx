import { useFormats } from '../../formats/useFormats.ts'

/** What somebody has spent: of several currencies the one with the most, the others beside it for who points at it. */
export function Revenue({ revenue }: { revenue: Record<string, number> }) {
  const { money } = useFormats()
  const amounts = Object.entries(revenue).toSorted(([, one], [, other]) => other - one)
  const texts = amounts.map(([currency, amount]) => money(amount, currency))
  const [first, ...others] = texts
  if (first === undefined) return null
  if (others.length === 0) return first
  return (
    <span title={texts.join(' + ')}>
      {first} +{others.length}
    </span>
  )
}
