import { useTranslation } from 'react-i18next'
import { ReportView } from '../../reports/ReportView.tsx'
import { useJourneyEditing } from '../journeyEditing.ts'
import { PanelFrame } from './PanelFrame.tsx'

/** What the mails of the journey have come to: sent, clicked, bought, and what its hold-out tells. */
export function ReportPanel() {
  const { t } = useTranslation('journey')
  const { id } = useJourneyEditing()
  return (
    <PanelFrame title={t('panels.report.title')}>
      <ReportView kind="journeys" id={id} />
    </PanelFrame>
  )
}
