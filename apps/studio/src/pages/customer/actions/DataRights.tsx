import { Button, Group, Text, Title } from '@mantine/core'
import { IconDownload, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { exportPath } from '../customerApi.ts'
import type { CustomerDetail } from '../customerQueries.ts'
import { useMayAct } from '../useMayAct.ts'
import { EraseDialog } from './EraseDialog.tsx'

/** What people may ask of their data: a copy, or its end. */
export function DataRights({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation('customer')
  const may = useMayAct()
  const [isErasing, setErasing] = useState(false)
  return (
    <div>
      <Title order={3} mb="xs">
        {t('data.rights')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t(may.export ? 'data.rightsText' : 'data.noRights')}
      </Text>
      <Group gap="xs">
        {may.export ? (
          <Button
            component="a"
            href={exportPath(customer.id)}
            download={`customer-${customer.id}.json`}
            variant="default"
            size="sm"
            leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
          >
            {t('actions.export')}
          </Button>
        ) : null}
        {may.erase ? (
          <Button
            variant="light"
            color="red"
            size="sm"
            leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />}
            onClick={() => setErasing(true)}
          >
            {t('actions.erase')}
          </Button>
        ) : null}
      </Group>
      {isErasing ? <EraseDialog customer={customer} onClose={() => setErasing(false)} /> : null}
    </div>
  )
}
