import { Anchor, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** The template that shows an image; null where it is the logo of the brand. */
const templateOf = (problem: unknown): string | null =>
  typeof problem === 'object' &&
  problem !== null &&
  'template' in problem &&
  typeof problem.template === 'string'
    ? problem.template
    : null

/** Where an image is shown that somebody is about to delete, as the server says it. */
export function ImageUses({ problems }: { problems: readonly unknown[] }) {
  const { t } = useTranslation('images')
  return (
    <Stack gap={6}>
      <Text size="sm">{t('inUseText')}</Text>
      <ul>
        {problems.map((problem) => {
          const template = templateOf(problem)
          return (
            <li key={template ?? ''} className="any-text">
              {template === null ? (
                t('inUseLogo')
              ) : (
                // Dialogues stand outside of the pages, and whoever looks there comes back to this one.
                <Anchor href={`/templates/${template}`} target="_blank" rel="noreferrer" size="sm">
                  {template}
                </Anchor>
              )}
            </li>
          )
        })}
      </ul>
    </Stack>
  )
}
