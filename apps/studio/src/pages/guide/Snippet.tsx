import { Box, Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './Snippet.module.css'

/** Lines to be copied, and a button that does it. */
export function Snippet({ label, code }: { label: string; code: string }) {
  const { t } = useTranslation('guide')
  return (
    <Box className={classes.frame}>
      {/* It scrolls by itself: the keyboard has to reach it. */}
      <pre className={classes.code} role="region" aria-label={label} tabIndex={0}>
        {code}
      </pre>
      <CopyButton value={code} timeout={2_000}>
        {({ copied, copy }) => (
          <Button
            className={classes.copy}
            size="compact-xs"
            variant="default"
            onClick={copy}
            leftSection={
              copied ? (
                <IconCheck size={14} stroke={1.6} aria-hidden />
              ) : (
                <IconCopy size={14} stroke={1.6} aria-hidden />
              )
            }
          >
            <span aria-live="polite">{t(copied ? 'copied' : 'copy')}</span>
          </Button>
        )}
      </CopyButton>
    </Box>
  )
}
