import { Button, Menu } from '@mantine/core'
import { IconBan, IconChevronDown, IconDownload, IconRoute, IconSend, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { exportPath } from '../customerApi.ts'
import type { CustomerDetail } from '../customerQueries.ts'
import { useMayAct } from '../useMayAct.ts'
import { EnrolDialog } from './EnrolDialog.tsx'
import { EraseDialog } from './EraseDialog.tsx'
import { SendTestDialog } from './SendTestDialog.tsx'
import { SuppressDialog } from './SuppressDialog.tsx'

type Dialog = 'test' | 'enrol' | 'suppress' | 'erase'

/** What can be done to a customer, by who may do it. */
export function ActionsMenu({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation('customer')
  const may = useMayAct()
  const [dialog, setDialog] = useState<Dialog>()
  const close = () => setDialog(undefined)
  const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const
  if (!may.change && !may.export && !may.erase) return null
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button variant="default" size="sm" rightSection={<IconChevronDown size={14} aria-hidden />}>
            {t('actions.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {may.change ? (
            <>
              <Menu.Item leftSection={<IconSend {...icon} />} onClick={() => setDialog('test')}>
                {t('actions.test')}
              </Menu.Item>
              <Menu.Item leftSection={<IconRoute {...icon} />} onClick={() => setDialog('enrol')}>
                {t('actions.enrol')}
              </Menu.Item>
              {customer.email === null ? null : (
                <Menu.Item leftSection={<IconBan {...icon} />} onClick={() => setDialog('suppress')}>
                  {t('actions.suppress')}
                </Menu.Item>
              )}
            </>
          ) : null}
          {may.export ? (
            <Menu.Item
              component="a"
              href={exportPath(customer.id)}
              download={`customer-${customer.id}.json`}
              leftSection={<IconDownload {...icon} />}
            >
              {t('actions.export')}
            </Menu.Item>
          ) : null}
          {may.erase ? (
            <>
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<IconTrash {...icon} />} onClick={() => setDialog('erase')}>
                {t('actions.erase')}
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'test' ? <SendTestDialog customer={customer} onClose={close} /> : null}
      {dialog === 'enrol' ? <EnrolDialog customer={customer} onClose={close} /> : null}
      {dialog === 'suppress' && customer.email !== null ? (
        <SuppressDialog customer={customer} address={customer.email} onClose={close} />
      ) : null}
      {dialog === 'erase' ? <EraseDialog customer={customer} onClose={close} /> : null}
    </>
  )
}
