import { Group, Stack, Text } from '@mantine/core'
import { useFormats } from '../../../formats/useFormats.ts'

export interface Line {
  productId: string | null
  sku: string | null
  variant: string | null
  name?: string | null
  quantity: number
  price: number | null
}

/** The products of a cart or an order. */
export function Lines({ lines, currency }: { lines: readonly Line[]; currency: string }) {
  const formats = useFormats()
  return (
    <Stack gap={2} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {lines.map(({ productId, sku, variant, name, quantity, price }, place) => {
        const label = [name ?? productId ?? sku ?? '–', variant].filter((part) => part !== null).join(', ')
        return (
          <Group
            key={`${productId} ${sku} ${place}`}
            component="li"
            justify="space-between"
            gap="sm"
            wrap="nowrap"
          >
            <Text size="sm" truncate title={label}>
              {formats.number(quantity)} × {label}
            </Text>
            <Text size="sm" className="figure">
              {price === null ? '–' : formats.money(Math.round(price * quantity), currency)}
            </Text>
          </Group>
        )
      })}
    </Stack>
  )
}
