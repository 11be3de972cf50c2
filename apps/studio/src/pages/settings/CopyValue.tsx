import { ActionIcon, Code, CopyButton, Group, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './CopyValue.module.css'

/** A value to be set elsewhere to the letter, and a button that copies it. */
export function CopyValue({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation('settings')
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      {/* It scrolls by itself: the keyboard has to reach it. */}
      <Code className={classes.value} tabIndex={0} role="region" aria-label={label}>
        {value}
      </Code>
      <CopyButton value={value} timeout={2_000}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? 'copied' : 'copy')}>
            <ActionIcon
              variant="default"
              size="md"
              onClick={copy}
              aria-label={t('copyWhat', { what: label })}
            >
              {copied ? (
                <IconCheck size={16} stroke={1.6} aria-hidden />
              ) : (
                <IconCopy size={16} stroke={1.6} aria-hidden />
              )}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  )
}
