import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import type { CustomerDetail } from '../customerQueries.ts'
import { Lines } from './Lines.tsx'

/** What a customer has put into carts and not bought yet. */
export function Carts({ customer: { carts } }: { customer: CustomerDetail }) {
  const { t } = useTranslation('customer')
  const formats = useFormats()
  if (carts.length === 0) return null
  return (
    <div>
      <Title order={3} mb="xs">
        {t('carts.title')}
      </Title>
      <Stack gap="sm">
        {carts.map(({ id, status, currency, value, lines, coupons, updatedAt }) => (
          <Paper key={id} withBorder p="sm">
            <Group justify="space-between" gap="sm" mb={6}>
              <Group gap={6}>
                <Badge size="sm" variant="light" tt="none">
                  {t(`carts.${status}`)}
                </Badge>
                {coupons.map((coupon) => (
                  <Badge key={coupon} size="sm" variant="default" tt="none">
                    {coupon}
                  </Badge>
                ))}
                <Text size="xs" c="dimmed" title={formats.dateTime(updatedAt)}>
                  {formats.relative(updatedAt)}
                </Text>
              </Group>
              <Text size="sm" fw={600}>
                {value === null ? '–' : formats.money(value, currency)}
              </Text>
            </Group>
            <Lines lines={lines} currency={currency} />
          </Paper>
        ))}
      </Stack>
    </div>
  )
}
