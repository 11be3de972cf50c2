import { Box, Group, Loader, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import classes from './SegmentEditor.module.css'
import type { RulePreview } from './useRulePreview.ts'

/** The count on narrow screens, where the panel that has it comes after the rule. That one speaks; this one is seen. */
export function CountBar({ rulePreview: { preview, isCounting } }: { rulePreview: RulePreview }) {
  const { t } = useTranslation('segments')
  const { number, percent } = useFormats()
  if (!preview) return null
  const { customers, total } = preview
  return (
    <Box className={classes['bar']} hiddenFrom="lg" aria-hidden>
      <Group gap="xs" wrap="nowrap">
        <Text fw={700} className="figure">
          {t('preview.customers', { count: customers, formatted: number(customers) })}
        </Text>
        <Text size="xs" c="dimmed">
          {t('preview.share', {
            percent: percent(total === 0 ? 0 : customers / total, 1),
            total: number(total),
          })}
        </Text>
        {isCounting ? <Loader size="xs" /> : null}
      </Group>
    </Box>
  )
}
