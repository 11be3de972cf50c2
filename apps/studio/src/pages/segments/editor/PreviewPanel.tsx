import { Alert, Group, Loader, Progress, Skeleton, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { Failure } from '../../../shell/Failure.tsx'
import type { RuleNode } from '../rule/ruleTree.ts'
import { RuleWarnings } from './RuleWarnings.tsx'
import { SampleList } from './SampleList.tsx'
import type { RulePreview } from './useRulePreview.ts'

/** How many a rule is true of right now, what is odd about it, and some of them. */
export function PreviewPanel({ root, rulePreview }: { root: RuleNode; rulePreview: RulePreview }) {
  const { t } = useTranslation('segments')
  const formats = useFormats()
  const { preview, isCounting, problems, failure, refresh } = rulePreview
  const isEmpty = root.type === 'group' && root.parts.length === 0
  return (
    <Panel
      title={t('preview.title')}
      actions={isCounting ? <Loader size="xs" role="img" aria-label={t('preview.counting')} /> : null}
    >
      <Stack gap="xs" role="status" aria-live="polite" aria-atomic>
        {preview ? (
          <>
            <Group gap="xs" align="baseline">
              <Text fw={700} fz={28} lh={1.1} className="figure" opacity={isCounting ? 0.6 : 1}>
                {t('preview.customers', {
                  count: preview.customers,
                  formatted: formats.number(preview.customers),
                })}
              </Text>
            </Group>
            <Text size="sm" c="dimmed">
              {t('preview.share', {
                percent: formats.percent(preview.total === 0 ? 0 : preview.customers / preview.total, 1),
                total: formats.number(preview.total),
              })}
            </Text>
          </>
        ) : null}
        {isEmpty ? (
          <Text size="sm" c="dimmed">
            {t('preview.begin')}
          </Text>
        ) : null}
        {!preview && problems.length > 0 ? (
          <Alert color="orange" variant="light" p="xs">
            {t('preview.unfinished')}
          </Alert>
        ) : null}
      </Stack>
      {preview ? (
        <Progress
          value={preview.total === 0 ? 0 : (100 * preview.customers) / preview.total}
          size="sm"
          aria-label={t('preview.title')}
        />
      ) : null}
      {!preview && isCounting && problems.length === 0 ? (
        <Skeleton height={34} width="60%" aria-busy="true" />
      ) : null}
      {failure ? <Failure error={failure} reset={refresh} /> : null}
      <RuleWarnings root={root} rulePreview={rulePreview} />
      {preview && preview.sample.length > 0 ? <SampleList root={root} preview={preview} /> : null}
    </Panel>
  )
}
