import { SegmentedControl } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** The journey on a canvas, or as a list. */
export function ViewSwitch() {
  const { t } = useTranslation('journey')
  const { view = 'canvas' } = useSearch({ from: '/inside/journeys/$journeyId' })
  const navigate = useNavigate({ from: '/journeys/$journeyId' })
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('views.label')}
      value={view}
      data={(['canvas', 'list'] as const).map((value) => ({ value, label: t(`views.${value}`) }))}
      onChange={(next) =>
        void navigate({
          search: ({ view: _, ...before }) => (next === 'list' ? { ...before, view: 'list' } : before),
          replace: true,
          resetScroll: false,
        })
      }
    />
  )
}
