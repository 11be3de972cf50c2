import { RowMenu } from '../../../parts/RowMenu.tsx'
import { Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCopy, IconDownload, IconTrash, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SegmentListed } from '../segmentQueries.ts'
import { useMayChange } from '../useMayChange.ts'
import { DeleteDialog } from './DeleteDialog.tsx'

const icon = { size: 14, stroke: 1.6, 'aria-hidden': true } as const

/** What can be done with a segment that is saved. */
export function SegmentMenu({ segment, onDeleted }: { segment: SegmentListed; onDeleted?: () => void }) {
  const { t } = useTranslation('segments')
  const mayChange = useMayChange()
  const [isDeleting, { open, close }] = useDisclosure(false)
  const fileOf = (format: 'csv' | 'jsonl') =>
    `/api/segments/${encodeURIComponent(segment.id)}/export?format=${format}`
  // Its members are not complete yet.
  const mayExport = mayChange && segment.status === 'live'
  return (
    <>
      <RowMenu label={t('list.actions', { name: segment.name })}>
        <Menu.Item
          renderRoot={(props) => <Link to="/customers" search={{ segment: segment.id }} {...props} />}
          leftSection={<IconUsers {...icon} />}
        >
          {t('actions.members')}
        </Menu.Item>
        {mayChange ? (
          <Menu.Item
            renderRoot={(props) => (
              <Link
                to="/segments/$segmentId"
                params={{ segmentId: 'new' }}
                search={{ from: segment.id }}
                {...props}
              />
            )}
            leftSection={<IconCopy {...icon} />}
          >
            {t('actions.copy')}
          </Menu.Item>
        ) : null}
        {mayExport ? (
          <>
            <Menu.Item component="a" href={fileOf('csv')} download leftSection={<IconDownload {...icon} />}>
              {t('actions.export')}
            </Menu.Item>
            <Menu.Item component="a" href={fileOf('jsonl')} download leftSection={<IconDownload {...icon} />}>
              {t('actions.exportLines')}
            </Menu.Item>
          </>
        ) : null}
        {mayChange ? (
          <Menu.Item color="red" leftSection={<IconTrash {...icon} />} onClick={open}>
            {t('actions.delete')}
          </Menu.Item>
        ) : null}
      </RowMenu>
      <DeleteDialog
        segment={segment}
        isOpen={isDeleting}
        onClose={close}
        {...(onDeleted ? { onDeleted } : {})}
      />
    </>
  )
}
