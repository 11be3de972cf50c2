import { Anchor, Group, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { conditionsIn, type RuleNode } from '../rule/ruleTree.ts'
import { textOf } from '../rule/vocabulary.ts'
import { useRuleWords } from '../rule/useRuleWords.ts'
import type { SegmentPreview } from '../segmentQueries.ts'

type Sampled = SegmentPreview['sample'][number]

const wordOf = (value: unknown) => textOf(value).trim()

/** What somebody is called, as far as it is known. */
function nameOf({ traits, email, userId, claims }: Sampled): string {
  const name =
    wordOf(traits['name']) ||
    [wordOf(traits['firstName']), wordOf(traits['lastName'])].filter((part) => part !== '').join(' ')
  return name || (email ?? userId ?? claims.email ?? claims.userId ?? '')
}

/** Some of those who are in it, and which conditions bring them in. */
export function SampleList({ root, preview }: { root: RuleNode; preview: SegmentPreview }) {
  const { t } = useTranslation(['segments', 'states'])
  const { describe } = useRuleWords()
  const conditions = conditionsIn(root)
  const whyIn = ({ parts }: Sampled) =>
    conditions
      .filter(({ path, isTurned }) => parts.includes(path) !== isTurned)
      .map(({ node, isTurned }) =>
        isTurned ? t('joins.not', { rule: describe(node.leaf) }) : describe(node.leaf),
      )
      .join(' · ')
  return (
    <Stack gap="xs">
      <Title order={3}>{t('sample.title')}</Title>
      <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('sample.title')}>
        {preview.sample.map((customer) => {
          const name = nameOf(customer) || t('sample.nameless')
          return (
            <li key={customer.id}>
              <Group justify="space-between" wrap="nowrap" gap="xs">
                <Anchor
                  renderRoot={(props) => (
                    <Link to="/customers/$customerId" params={{ customerId: customer.id }} {...props} />
                  )}
                  size="sm"
                  truncate
                  title={name}
                >
                  {name}
                </Anchor>
                <Text size="xs" style={{ whiteSpace: 'nowrap' }}>
                  {t(`stage.${customer.lifecycle.stage}`, { ns: 'states' })}
                </Text>
              </Group>
              <Text size="xs" c="dimmed" lineClamp={2} title={whyIn(customer)}>
                {whyIn(customer)}
              </Text>
            </li>
          )
        })}
      </Stack>
    </Stack>
  )
}
