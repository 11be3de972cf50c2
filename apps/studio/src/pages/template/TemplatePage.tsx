import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { Failure } from '../../shell/Failure.tsx'
import { Loading } from '../../shell/Loading.tsx'
import { templateQuery } from '../templates/templateQueries.ts'
import { TemplateEditor } from './TemplateEditor.tsx'

/** One template: edited by sections, as code and as texts, beside how it looks. */
export function TemplatePage() {
  useTranslation('template')
  const { templateName } = useParams({ from: '/inside/templates/$templateName' })
  const { data, error, refetch } = useQuery({
    ...templateQuery(templateName),
    // The editor itself looks at what others have saved.
    refetchOnWindowFocus: false,
  })
  if (!data)
    return (
      <>
        <PageTitle title={templateName} />
        {error ? <Failure error={error} reset={() => void refetch()} /> : <Loading />}
      </>
    )
  return <TemplateEditor key={templateName} detail={data} onChanged={() => void refetch()} />
}
