import { ActionIcon, Checkbox, Popover, Stack, Tooltip } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { COLUMN_NAMES, type ColumnName } from './columns.tsx'

/** Which columns the list shows. */
export function ColumnsMenu({
  columns,
  onChange,
}: {
  columns: readonly ColumnName[]
  onChange: (names: readonly string[]) => void
}) {
  const { t } = useTranslation('customers')
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t('columns')}>
          <ActionIcon variant="default" size={36} aria-label={t('columns')}>
            <IconColumns3 size={18} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Checkbox.Group label={t('columns')} value={[...columns]} onChange={onChange}>
          <Stack gap="xs" mt="xs">
            {COLUMN_NAMES.map((name) => (
              <Checkbox key={name} value={name} label={t(`column.${name}`)} size="xs" />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  )
}
