import { ActionIcon, Popover, Text } from '@mantine/core'
import { IconQuestionMark } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** A question mark that opens what a figure means: by pointer, enter or space; escape closes it. */
export function Definition({ name, text }: { name: string; text: string }) {
  const { t } = useTranslation('home')
  return (
    <Popover width={300} position="top" withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          radius="xl"
          aria-label={t('figures.what', { name })}
        >
          <IconQuestionMark size={13} stroke={1.8} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={name} tabIndex={-1} data-autofocus>
        <Text size="sm">{text}</Text>
      </Popover.Dropdown>
    </Popover>
  )
}
