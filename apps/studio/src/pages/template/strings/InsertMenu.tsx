import { Button, Menu } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { pluralText } from './pluralGaps.ts'

const SHOWN = {
  firstName: '{{ customer.firstName }}',
  greeting: '{% if customer.firstName != blank %}{{ customer.firstName }}{% endif %}',
  shopName: '{{ shop.name }}',
  couponCode: '{{ coupon.code }}',
  couponExpiry: '{{ coupon.expiresAt }}',
  orderId: '{{ order.id }}',
  orderTotal: '{{ order.total }}',
} as const
const NAMES = Object.keys(SHOWN) as (keyof typeof SHOWN)[]

/** Puts what differs from customer to customer into the text that was written in last. */
export function InsertMenu({ last }: { last: RefObject<HTMLTextAreaElement | null> }) {
  const { t } = useTranslation('template')
  const insert = (text: string) => {
    const { current: cell } = last
    if (!cell) return
    cell.focus()
    cell.setRangeText(text, cell.selectionStart, cell.selectionEnd, 'end')
    // React hears of a value that was set only by an event, and only where its own setter was not used.
    cell.dispatchEvent(new Event('input', { bubbles: true }))
  }
  return (
    <Menu shadow="md" position="bottom-end" returnFocus={false}>
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconBraces size={14} stroke={1.6} aria-hidden />}
        >
          {t('strings.insert')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {NAMES.map((name) => (
          <Menu.Item key={name} onClick={() => insert(SHOWN[name])}>
            {t(`strings.inserts.${name}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => insert(pluralText(last.current?.lang || 'en'))}>
          {t('strings.inserts.plural')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
