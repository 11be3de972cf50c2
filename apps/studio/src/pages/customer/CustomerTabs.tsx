import { Tabs } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './CustomerTabs.module.css'
import type { CustomerDetail } from './customerQueries.ts'
import { Statechart } from './states/Statechart.tsx'
import { ConsentTab } from './tabs/ConsentTab.tsx'
import { DataTab } from './tabs/DataTab.tsx'
import { JourneysTab } from './tabs/JourneysTab.tsx'
import { MessagesTab } from './tabs/MessagesTab.tsx'
import { OrdersTab } from './tabs/OrdersTab.tsx'
import { TimelineTab } from './timeline/TimelineTab.tsx'

const TABS = ['timeline', 'lifecycle', 'orders', 'journeys', 'messages', 'consent', 'data'] as const
type Tab = (typeof TABS)[number]

const isTab = (text: unknown): text is Tab => (TABS as readonly unknown[]).includes(text)

/** All that is known of a customer, by what it is about. The address of the page says which part is open. */
export function CustomerTabs({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation('customer')
  const { tab } = useSearch({ strict: false })
  const navigate = useNavigate()
  const open = isTab(tab) ? tab : 'timeline'
  const contents: Record<Tab, () => ReactNode> = {
    timeline: () => <TimelineTab customer={customer} />,
    lifecycle: () => <Statechart customer={customer} />,
    orders: () => <OrdersTab customer={customer} />,
    journeys: () => <JourneysTab customer={customer} />,
    messages: () => <MessagesTab customer={customer} />,
    consent: () => <ConsentTab customer={customer} />,
    data: () => <DataTab customer={customer} />,
  }
  return (
    <Tabs
      value={open}
      onChange={(value) => {
        if (isTab(value))
          void navigate({
            to: '/customers/$customerId',
            params: { customerId: customer.id },
            search: value === 'timeline' ? {} : { tab: value },
            replace: true,
            resetScroll: false,
          })
      }}
      keepMounted={false}
      className={classes['tabs'] ?? ''}
    >
      <Tabs.List className={classes['list'] ?? ''} aria-label={t('tabs.label')}>
        {TABS.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t(`tabs.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {TABS.map((name) => (
        <Tabs.Panel key={name} value={name} pt="md">
          {name === open ? contents[name]() : null}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
